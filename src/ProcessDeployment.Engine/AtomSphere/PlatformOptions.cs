using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>How much clients of the platform API get, as the section <c>AtomSphere</c> of the configuration says.</summary>
public sealed record PlatformOptions
{
    /// <summary>As the platform has it.</summary>
    public const int UsualRate = 5;

    public const int MostOnAPage = 100;

    /// <summary>Requests a second of one account; null for any number. Five where identity is configured, as the platform has it; none on the engine's own machine.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>Objects of one answer to a query, 1 to 100.</summary>
    public int PageSize { get; init; } = MostOnAPage;

    /// <exception cref="EngineStartException">A setting that there is not, or one that cannot be read.</exception>
    public static PlatformOptions From(IConfiguration configuration, IdentityOptions identity)
    {
        var section = new StrictSection(configuration.GetSection("AtomSphere"));
        var rate = string.Equals(section.Text(nameof(RequestsPerSecond)), "off", StringComparison.OrdinalIgnoreCase) ? null : section.Count(nameof(RequestsPerSecond)) ?? (identity.IsOn ? UsualRate : (int?)null);
        var size = section.Count(nameof(PageSize)) ?? MostOnAPage;
        if (size > MostOnAPage) throw new EngineStartException($"AtomSphere__PageSize must be at most {MostOnAPage}; it is {size}.");
        section.RefuseOthers();
        return new() { RequestsPerSecond = rate, PageSize = size };
    }
}
