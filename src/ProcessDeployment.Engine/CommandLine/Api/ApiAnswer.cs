using System.Text.Json;

namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>What the engine answered: as it came, and to read from.</summary>
public sealed record ApiAnswer(int Status, string Body)
{
    private readonly Lazy<Json> _json = new(() => Parse(Body));

    /// <exception cref="CommandLineException">An engine's good answers are JSON; something else answers.</exception>
    public Json Json => _json.Value.IsThere || !IsSuccess ? _json.Value
        : throw new CommandLineException(ExitCodes.Unreachable, "Something answers there, but not as an engine does: it says no JSON. Name the engine with --url.");

    public bool IsSuccess => Status is >= 200 and < 300;

    private static Json Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
            return new(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
