using System.Globalization;
using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Questions.Asking;

/// <summary>Reads the parameters of a question, strictly: what it does not take or cannot read is named, with the rule it breaks.</summary>
internal sealed class QuestionParameters
{
    private const int MostText = 500;
    private const int MostShown = 60;
    private static readonly string[] Times =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mmZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ",
        "yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz",
    ];

    private readonly HttpRequest _request;
    private readonly List<MemberError> _errors = [];

    public QuestionParameters(HttpRequest request, IReadOnlyList<string> allowed)
    {
        _request = request;
        foreach (var (name, values) in request.Query)
        {
            if (!allowed.Contains(name, StringComparer.Ordinal))
                Refuse(name.Length > MostShown ? name[..MostShown] + "…" : name, $"is not a parameter of this question; it takes {(allowed.Count > 0 ? string.Join(", ", allowed) : "none")}");
            else if (values.Count > 1 && name != ParameterNames.Id) Refuse(name, "must be given once");
        }
    }

    public IReadOnlyList<MemberError> Errors => _errors;

    /// <summary>The position that the answer shows; known as soon as the first row of it comes.</summary>
    public long Position { get; set; }

    /// <summary>The moment that is asked about, once it is found; null for the present.</summary>
    public PastMoment? Past { get; set; }

    /// <summary>Set where a time of the past was asked for: what has no position of its own must not be later.</summary>
    public DateTimeOffset? PastTime { get; set; }

    /// <summary>Set where an earlier moment is asked about too: the read models must contain it as well.</summary>
    public AsOf? Earlier { get; set; }

    /// <summary>For answers that begin while their rows still come.</summary>
    public HttpResponse Response => _request.HttpContext.Response;

    /// <summary>How many there are of what was asked for, remembered from one question to the next.</summary>
    public Totals Totals { get; init; } = new();

    /// <summary>The types of events and commands by their names.</summary>
    public WireNames Names { get; init; } = WireNames.OfTheDomain;

    /// <summary>The question without what only says which part of its answer is wanted: cursors belong to it.</summary>
    public string Identity => string.Join('\n', _request.Query
        .Where(parameter => parameter.Key is not (ParameterNames.Cursor or ParameterNames.Take or ParameterNames.Skip or ParameterNames.AtLeast))
        .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
        .Select(parameter => $"{parameter.Key}={parameter.Value}")
        .Prepend(_request.Path.Value));

    public bool Has(string name) => _request.Query.ContainsKey(name);

    public string? Raw(string name) => _request.Query.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>The moment of the past that is asked about; null for the present.</summary>
    public AsOf? AsOf(string name = ParameterNames.AsOf)
    {
        if (Raw(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return new(name, position, null);
        if (TryTime(text) is { } time) return new(name, null, time);
        Refuse(name, "must be a position, or a date or a time with its offset, for example 117, 2026-11-23 or 2026-11-23T06:00:00Z (in an address a + is written %2B)");
        return null;
    }

    public long AtLeast() => Number(ParameterNames.AtLeast, 0, long.MaxValue) ?? 0;

    /// <summary>The id in the path.</summary>
    public Guid PathId(string name = ParameterNames.Id) => ReadId(name, (string?)_request.RouteValues[name]) ?? Guid.Empty;

    /// <summary>A number in the path.</summary>
    public int PathNumber(string name)
    {
        if (int.TryParse((string?)_request.RouteValues[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        Refuse(name, "must be a whole number from 1");
        return 0;
    }

    /// <summary>A position in the path.</summary>
    public long PathPosition(string name)
    {
        if (long.TryParse((string?)_request.RouteValues[name], NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position > 0) return position;
        Refuse(name, "must be a whole number from 1");
        return 0;
    }

    public Guid? Id(string name) => Raw(name) is { } text ? ReadId(name, text) : null;

    public Guid[] Ids(string name)
    {
        var ids = _request.Query[name].SelectMany(text => ReadId(name, text) is { } id ? [id] : Array.Empty<Guid>()).Distinct().ToArray();
        if (_request.Query[name].Count > Limits.Ids) Refuse(name, $"must be given at most {Limits.Ids} times");
        return ids;
    }

    public bool? Flag(string name)
    {
        switch (Raw(name))
        {
            case null: return null;
            case "true": return true;
            case "false": return false;
            default:
                Refuse(name, "must be true or false");
                return null;
        }
    }

    public long? Number(string name, long least, long most)
    {
        if (Raw(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse(name, most == long.MaxValue ? $"must be a whole number from {least}" : $"must be a whole number from {least} to {most}");
        return null;
    }

    public string? Text(string name, int most = MostText)
    {
        if (Raw(name) is not { } text) return null;
        if (text.Length > most) Refuse(name, $"must have at most {most} characters, it has {text.Length}");
        if (!text.Contains('\0', StringComparison.Ordinal)) return text;
        Refuse(name, "must not contain U+0000");
        return null;
    }

    public DateTimeOffset? Time(string name)
    {
        if (Raw(name) is not { } text) return null;
        if (TryTime(text) is { } time) return time;
        Refuse(name, "must be a date or a time with its offset, for example 2026-11-23 or 2026-11-23T06:00:00Z (in an address a + is written %2B)");
        return null;
    }

    public void Refuse(string member, string rule) => _errors.Add(new(member, rule));

    private static DateTimeOffset? TryTime(string text) =>
        DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    private Guid? ReadId(string name, string? text)
    {
        if (Guid.TryParseExact(text, "D", out var id)) return id;
        Refuse(name, "must be a UUID");
        return null;
    }
}
