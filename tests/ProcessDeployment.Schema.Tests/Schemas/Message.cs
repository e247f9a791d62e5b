using System.Reflection;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Domain;

namespace ProcessDeployment.Schema.Tests.Schemas;

/// <summary>A message that others rely on, and its files in <c>eventschema/</c>.</summary>
internal sealed record Message(string Folder, string Name, Type Type)
{
    private const string Prefix = "processdeployment.";

    /// <summary>Every record that declares a wire name, what a sender is told, and what envelops an event.</summary>
    public static IReadOnlyList<Message> All { get; } =
    [
        .. from assembly in new[] { typeof(Command).Assembly, typeof(DomainEvent).Assembly }
           from type in assembly.GetTypes()
           let name = type.GetCustomAttribute<WireNameAttribute>()?.Name
           where name is not null
           orderby name
           select new Message(type.IsSubclassOf(typeof(Command)) ? "commands" : "events", Short(name), type),
        new("", "outcome.v1", typeof(Outcome)),
        new("", "malformed-answer.v1", typeof(MalformedAnswer)),
        new("", "published-event.v1", typeof(PublishedEvent)),
    ];

    public static IEnumerable<string> Names => All.Select(message => message.Path);

    public static Message Of(string path) => All.Single(message => message.Path == path);

    public bool IsCommand => Folder == "commands";

    public string WireName => Prefix + Name;

    /// <summary>For example <c>commands/attach-atoms.v1</c>.</summary>
    public string Path => Folder.Length == 0 ? Name : $"{Folder}/{Name}";

    public string SchemaFile => System.IO.Path.Combine(Repository.EventSchema, $"{Path}.schema.json");

    /// <summary>One at least; a form with variants has one for each, <c>name.v1.variant.sample.json</c>.</summary>
    public IEnumerable<string> SampleFiles =>
        Directory.GetFiles(System.IO.Path.Combine(Repository.EventSchema, Folder), $"{Name}.*sample.json").Order(StringComparer.Ordinal);

    public static string Short(string wireName) => wireName.StartsWith(Prefix, StringComparison.Ordinal) ? wireName[Prefix.Length..] : wireName;
}
