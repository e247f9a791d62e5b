namespace ProcessDeployment.Engine.Import;

/// <summary>Names that mean a secret wherever they stand, whether or not an export lists them as encrypted.</summary>
internal static class SecretNames
{
    private static readonly string[] Parts = ["password", "passphrase", "secret", "accesstoken", "refreshtoken", "tokensecret", "apikey", "api-key", "privatekey"];

    /// <summary>What says something about a secret without being one, such as <c>accessTokenURL</c>: masking it would hide a change.</summary>
    private static readonly string[] Harmless = ["url", "uri", "endpoint", "type", "name", "parameters", "required", "enabled", "policy"];

    public static bool Contains(string name) =>
        Array.Exists(Parts, part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
        && !Array.Exists(Harmless, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
