using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Questions;

/// <summary>
/// The types of the audit trail, by whole name or by the word in it: <c>version-deployed</c> means all its versions, and
/// whatever it was called before.
/// </summary>
internal sealed class WireNames
{
    private readonly HashSet<string> _events;
    private readonly ILookup<string, string> _byWord;

    public WireNames(RetiredEvents retired)
    {
        var events = EventTypes.All.Select(type => type.WireName).ToList();
        _events = [.. events, .. retired.ByName.Keys];
        _byWord = events
            .Concat(typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract).Select(WireNameAttribute.Of))
            .Select(name => (Word: WordOf(name), Name: name))
            .Concat(retired.ByName.SelectMany(former => Words(former.Key, former.Value).Select(word => (Word: word, Name: former.Key))))
            .ToLookup(known => known.Word, known => known.Name, StringComparer.Ordinal);
    }

    public static WireNames OfTheDomain { get; } = new(RetiredEvents.OfTheDomain);

    /// <summary>Whether all of them are events, which no command is called like.</summary>
    public bool AreEvents(string[] names) => names.All(_events.Contains);

    public string[] Called(string name) => _byWord.Contains(name) ? [.. _byWord[name]] : [name];

    /// <summary>Its own and today's, which are mostly the same.</summary>
    private static IEnumerable<string> Words(string name, Type retired) =>
        new[] { WordOf(name), WordOf(WireNameAttribute.Of(RetiredEvents.TodayOf(retired))) }.Distinct(StringComparer.Ordinal);

    private static string WordOf(string name) => name.Split('.')[1];
}
