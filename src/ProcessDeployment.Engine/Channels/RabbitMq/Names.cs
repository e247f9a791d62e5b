using System.Globalization;
using System.Text;
using ProcessDeployment.Engine.Homes;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>Exchanges are the contract; the queues behind them are ours.</summary>
internal static class Names
{
    /// <summary>Commands; routing key = account.</summary>
    public const string Commands = "process-deployment.commands";

    /// <summary>Outcomes; routing key = command id.</summary>
    public const string Outcomes = "process-deployment.outcomes";

    /// <summary>Published events; routing key = event type.</summary>
    public const string Events = "process-deployment.events";

    /// <summary>Exchange and queue of commands for accounts that are not bound: nothing sent is unroutable.</summary>
    public const string Unrouted = $"{Commands}.unrouted";

    /// <summary>
    /// Queues that accounts are spread over, each with one consumer at a time: up to so many nodes share the work. Never changed
    /// for existing queues, since an account that moves to another queue would overtake itself.
    /// </summary>
    public const int Partitions = 8;

    /// <summary>The first home has the queues that an engine without homes has: a database that becomes one of several keeps what waits for it.</summary>
    public static string Partition(string? home, int number) => home is null or Home.First
        ? string.Create(CultureInfo.InvariantCulture, $"{Commands}.{number}")
        : string.Create(CultureInfo.InvariantCulture, $"{Commands}.{home}.{number}");

    /// <summary>The queue of an account in a home: the same on every node and in every version (FNV-1a).</summary>
    public static string PartitionOf(string? home, string accountId)
    {
        var hash = 2166136261;
        foreach (var b in Encoding.UTF8.GetBytes(accountId)) hash = (hash ^ b) * 16777619;
        return Partition(home, (int)(hash % Partitions));
    }
}
