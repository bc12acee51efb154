namespace Grid.Experiments.Running;

/// <summary>What an order being carried out tells the silo.</summary>
public interface IRunnerLink
{
    /// <summary>It waits for others on this machine; its time limit stands still.</summary>
    void Waiting();

    /// <summary>It begins, and with it its time limit.</summary>
    void Started();

    /// <param name="fraction">Share done, 0 to 1.</param>
    void Progress(double fraction, string text);

    /// <param name="path">A checkpoint that is there whole; the silo takes the file away.</param>
    /// <param name="epochs">Epochs done in it.</param>
    void Checkpoint(string path, int epochs);
}
