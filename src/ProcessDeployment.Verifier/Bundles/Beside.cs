using System.Runtime.ExceptionServices;

namespace ProcessDeployment.Verifier.Bundles;

/// <summary>Work that is done beside other work, one piece after another.</summary>
internal sealed class Beside
{
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Begins once what was begun before has ended.</summary>
    public void Run(Action work)
    {
        End();
        _thread = new(() =>
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        _thread.Start();
    }

    /// <summary>Waits for it, and throws what it has thrown.</summary>
    public void End()
    {
        _thread?.Join();
        _failure?.Throw();
    }
}
