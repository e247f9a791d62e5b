using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Identity;

/// <summary>What became of credentials: somebody, or why nobody; neither where there were none.</summary>
internal readonly record struct Entry(Identified? Who, Problem? Problem)
{
    public static Entry In(Caller caller, DateTimeOffset? until) => new(new(caller, until), null);

    /// <summary>They prove nothing.</summary>
    public static Entry Unknown(string detail, string code) => new(null, new("Who are you?", 401, detail, code));

    /// <summary>They prove who it is, who has no business here.</summary>
    public static Entry Forbidden(string detail, string code) => new(null, new("Not allowed", 403, detail, code));

    public static Entry Malformed(string detail, string code) => new(null, new("The request is malformed", 400, detail, code));
}
