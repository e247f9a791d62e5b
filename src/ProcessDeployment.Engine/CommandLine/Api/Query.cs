using System.Globalization;

namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>The parameters of a question; those without a value are left out.</summary>
public sealed record Query(IReadOnlyList<(string Name, string Value)> Parameters)
{
    public static readonly Query None = new([]);

    public Query With(string name, string? value) => value is null ? this : new([.. Parameters, (name, value)]);

    public Query With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query With(string name, IEnumerable<Guid> values) => new([.. Parameters, .. values.Select(value => (name, value.ToString()))]);

    public override string ToString() =>
        Parameters.Count == 0 ? "" : "?" + string.Join('&', Parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
}
