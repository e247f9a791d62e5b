using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions;

/// <summary>The types of the audit trail, by whole name or by the word in it: <c>version-deployed</c> means all its versions.</summary>
internal static class WireNames
{
    private static readonly HashSet<string> Events = [.. EventTypes.All.Select(type => type.WireName)];

    private static readonly ILookup<string, string> ByWord = Events
        .Concat(typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract).Select(WireNameAttribute.Of))
        .ToLookup(name => name.Split('.')[1], StringComparer.Ordinal);

    /// <summary>Whether all of them are events, which no command is called like.</summary>
    public static bool AreEvents(string[] names) => names.All(Events.Contains);

    public static string[] Called(string name) => ByWord.Contains(name) ? [.. ByWord[name]] : [name];
}
