using System.Text;
using System.Text.Json;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Contracts.Json.Forms;

namespace ProcessDeployment.Contracts.Json;

/// <summary>Reads one CloudEvent member by member. It only notes where the data stands; a command is built when all is well.</summary>
internal sealed class EnvelopeReader(Problems problems)
{
    private static readonly string[] Known = ["specversion", "id", "source", "type", "time", "datacontenttype", "data"];
    private static readonly byte[][] KnownUtf8 = [.. Known.Select(Encoding.UTF8.GetBytes)];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nulls = new(StringComparer.Ordinal);
    private string? _typeName;
    private bool _dataJudged;
    private int _extensionBytes;

    public Guid? Id { get; private set; }

    public string? Source { get; private set; }

    public CommandType? Type { get; private set; }

    /// <summary>A known command in a version that comes after the ones known here.</summary>
    public bool IsNewer { get; private set; }

    public DateTimeOffset? Time { get; private set; }

    public Dictionary<string, string>? Extensions { get; private set; }

    /// <summary>Where the data stands in the message.</summary>
    public Range Data { get; private set; }

    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> message)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            problems.Refuse(ref reader, $"must be a CloudEvents object, it is {Shown.Kind(reader)}");
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject) ReadMember(ref reader);
        foreach (var name in Known)
        {
            if (name is not ("time" or "datacontenttype") && (!_seen.Contains(name) || _nulls.Contains(name))) problems.Add(name, "is required");
        }

        if (!_dataJudged && Type is not null && Data.End.Value > 0) JudgeLate(message);
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        var name = NameOf(reader);
        var wellNamed = Known.Contains(name) || EnvelopeRules.IsAttributeName(reader.ValueSpan);
        problems.Enter(name);
        reader.Read();
        if (!wellNamed || name == "data_base64") problems.Refuse(ref reader, $"is not known here{NearMatch.Hint(name, Known)}");
        else if (!_seen.Add(name)) problems.Refuse(ref reader, "is there twice");
        else if (reader.TokenType != JsonTokenType.Null) ReadValue(name, ref reader);
        else _nulls.Add(name);
        problems.Leave();
    }

    /// <summary>Known names cost nothing; an extension's name is kept.</summary>
    private static string NameOf(in Utf8JsonReader reader)
    {
        for (var i = 0; i < Known.Length; i++)
        {
            if (EscapedText.Is(reader, KnownUtf8[i])) return Known[i];
        }

        return Shown.Token(reader);
    }

    private void ReadValue(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "specversion":
                if (reader.TokenType != JsonTokenType.String || !EscapedText.Is(reader, "1.0"u8)) problems.Refuse(ref reader, "must be \"1.0\"");
                break;
            case "id":
                var before = problems.Found;
                new IdForm().Judge(ref reader, problems);
                if (problems.Found == before) Id = reader.GetGuid();
                break;
            case "source":
                Source = EnvelopeRules.Text(ref reader, problems, EnvelopeRules.SourceRule);
                if (Source is not null && !EnvelopeRules.IsSource(Source)) problems.Add(EnvelopeRules.SourceRule);
                break;
            case "type":
                _typeName = EnvelopeRules.Text(ref reader, problems, "must be the wire name of a command");
                if (_typeName is not null && (Type = CommandCatalogue.Find(_typeName)) is null) AddUnknown(_typeName);
                break;
            case "time": Time = EnvelopeRules.Time(ref reader, problems); break;
            case "datacontenttype": EnvelopeRules.ContentType(ref reader, problems); break;
            case "data": ReadData(ref reader); break;
            default:
                if (EnvelopeRules.Extension(ref reader, problems) is { } value) Keep(name, value);
                break;
        }
    }

    private void Keep(string name, string value)
    {
        (Extensions ??= new(StringComparer.Ordinal))[name] = value;
        var before = _extensionBytes;
        _extensionBytes += name.Length + Encoding.UTF8.GetByteCount(value);
        if (before <= Limits.ExtensionBytes && _extensionBytes > Limits.ExtensionBytes) problems.Add(EnvelopeRules.ExtensionsRule);
    }

    private void AddUnknown(string typeName)
    {
        IsNewer = CommandCatalogue.IsNewer(typeName);
        problems.Add(IsNewer ? CommandCatalogue.NewerRule(typeName) : CommandCatalogue.UnknownRule(typeName));
    }

    private void ReadData(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        if (Type is null)
        {
            if (reader.TokenType != JsonTokenType.StartObject) problems.Add($"must be an object, it is {Shown.Kind(reader)}");
            reader.Skip();
        }
        else
        {
            _dataJudged = true;
            Type.Form.Judge(ref reader, problems);
        }

        Data = start..(int)reader.BytesConsumed;
    }

    /// <summary>The data stood before the type.</summary>
    private void JudgeLate(ReadOnlySpan<byte> message)
    {
        if (message[Data] is not [(byte)'{', ..]) return;
        var reader = new Utf8JsonReader(message[Data]);
        reader.Read();
        problems.Enter("data");
        Type!.Form.Judge(ref reader, problems);
        problems.Leave();
    }

    /// <summary>Builds the command with account and actor filled in.</summary>
    public Command? Build(ReadOnlySpan<byte> message, CommandDefaults defaults)
    {
        Command command;
        try
        {
            command = (Command)JsonSerializer.Deserialize(message[Data], Type!.Json)!;
        }
        catch (JsonException error)
        {
            problems.Add($"data{error.Path?.TrimStart('$')}", "cannot be read");
            return null;
        }

        command = command with { AccountId = Owned(command.AccountId, defaults.AccountId, "account"), Actor = Owned(command.Actor, defaults.Actor, "actor") };
        if (command.AccountId is { } account && !AccountIds.IsWellFormed(account)) problems.Add("data.accountId", AccountIds.Rule);
        foreach (var (member, rule) in command.Check()) problems.Add($"data.{member}", rule);
        return problems.None ? command : null;
    }

    private string? Owned(string? said, string? known, string what)
    {
        var member = what == "account" ? "data.accountId" : "data.actor";
        if (known is null && said is null) problems.Add(member, "is required");
        if (known is not null && said is not null && said != known) problems.Add(member, $"must be left out or equal the {what} of the credentials");
        return known ?? said;
    }
}
