using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Queries;
using ProcessDeployment.Engine.AtomSphere.Wire;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>An object of the platform API: what can be done with it, and how.</summary>
/// <param name="Name">By which it is addressed.</param>
/// <param name="Privilege">What reading it asks for; writing is judged in the pipeline, as everything that is sent.</param>
internal sealed record PlatformObject(string Name, Privilege Privilege)
{
    /// <summary>Where it is read; null for what only can be made.</summary>
    public Source? Source { get; init; }

    /// <summary>Whether it can be asked for by its id, one or many at a time.</summary>
    public bool Gets { get; init; }

    /// <summary>Whether it can be looked for.</summary>
    public bool Queries { get; init; }

    public Func<PlatformCall, WireObject, Task<WireObject>>? Create { get; init; }

    /// <summary>Replaces the object with this id.</summary>
    public Func<PlatformCall, string, WireObject, Task<WireObject>>? Update { get; init; }

    public Func<PlatformCall, string, Task>? Delete { get; init; }

    /// <summary>Answers what was asked for before and may be still to come, by the id that was given for it then.</summary>
    public Func<PlatformCall, string, Task>? GetLater { get; init; }

    public WireType Type => WireType.Of(Name);

    /// <summary>What there is, as clients are told where they want something else.</summary>
    public IEnumerable<string> Operations()
    {
        if (Gets) yield return $"GET {Name}/{{id}}";
        if (Gets) yield return $"POST {Name}/bulk";
        if (GetLater is not null) yield return $"GET {Name}/async/{{id}}";
        if (Queries) yield return $"POST {Name}/query";
        if (Queries) yield return $"POST {Name}/queryMore";
        if (Create is not null) yield return $"POST {Name}";
        if (Update is not null) yield return $"POST {Name}/{{id}}";
        if (Delete is not null) yield return $"DELETE {Name}/{{id}}";
    }
}
