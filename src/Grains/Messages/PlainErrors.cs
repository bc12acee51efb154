using Grid.Experiments.Store;

namespace Grid.Grains.Messages;

/// <summary>
/// Has errors of the store leave a grain with their words alone: what caused them is a database driver's, which is no message, and would reach
/// the caller as an error of serialization that nobody tries again after.
/// </summary>
public sealed class PlainErrors : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (StoreUnavailableException e) when (e.InnerException is not null)
        {
            throw new StoreUnavailableException(e.Message);
        }
        catch (StoreException e) when (e.InnerException is not null)
        {
            throw new StoreException(e.Message);
        }
    }
}
