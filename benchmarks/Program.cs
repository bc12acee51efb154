using Grid.Benchmarks.Training;

switch (args)
{
    case ["training"]:
        return GraphOverhead.Run();
    default:
        Console.Error.WriteLine("usage: Grid.Benchmarks training");
        return 2;
}
