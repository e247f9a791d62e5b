namespace ProcessDeployment.Engine.Halting;

/// <summary>The alarm of operators.</summary>
internal static partial class HaltedLog
{
    public static void Alarm(ILogger log, HaltedAccount halted) => Halted(log, halted.AccountId, halted.Position, halted.Type, halted.Stream, halted.Problem);

    [LoggerMessage(LogLevel.Error, "The read models of account {AccountId} are halted at position {Position}, {Type} in stream {Stream}: {Problem}. Mend it and rebuild the account, or mark it as skipped. All other accounts go on.")]
    private static partial void Halted(ILogger logger, string accountId, long position, string? type, string? stream, string? problem);

    [LoggerMessage(LogLevel.Information, "The read models of account {AccountId} go on: caught up to position {Position}")]
    public static partial void Lifted(ILogger logger, string accountId, long position);
}
