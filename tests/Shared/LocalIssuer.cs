using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ProcessDeployment.Tests;

/// <summary>An OpenID Connect issuer as small as can be: it says its keys, signs people in without asking, and makes any token, also wrong ones.</summary>
public sealed class LocalIssuer : IAsyncDisposable
{
    /// <summary>For whom its tokens are.</summary>
    public const string Audience = "process-deployment";

    private readonly ConcurrentDictionary<string, (string? Nonce, string? Challenge)> _codes = new();
    private readonly WebApplication _app;
    private List<SigningCredentials> _keys = [NewKey("first")];

    private LocalIssuer(WebApplication app)
    {
        _app = app;
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Url,
            jwks_uri = $"{Url}/keys",
            authorization_endpoint = $"{Url}/authorize",
            token_endpoint = $"{Url}/token",
            response_types_supported = (string[])["code"],
            subject_types_supported = (string[])["public"],
            id_token_signing_alg_values_supported = (string[])["RS256"],
        }));
        app.MapGet("/keys", async () =>
        {
            await Answering;
            Asked++;
            return Results.Json(new { keys = _keys.Select(key => Public(key.Key)) });
        });
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", TokenAsync);
    }

    public string Url => _app.Urls.First();

    /// <summary>How often the keys were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Its keys are not said before this is over.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>Whom it signs in to the pages.</summary>
    public (string Name, object Value)[] Somebody { get; set; } = [];

    public SigningCredentials Key => _keys[^1];

    public static async Task<LocalIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var issuer = new LocalIssuer(builder.Build());
        await issuer._app.StartAsync();
        return issuer;
    }

    public static SigningCredentials NewKey(string id) => new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = id }, SecurityAlgorithms.RsaSha256);

    public static SigningCredentials NewCurveKey(string id) => new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id }, SecurityAlgorithms.EcdsaSha256);

    /// <summary>Goes on with another key; the former ones stay good or not.</summary>
    public void Rotate(SigningCredentials key, bool keepFormer = true) => _keys = keepFormer ? [.. _keys, key] : [key];

    /// <summary>A token that is good unless something says otherwise.</summary>
    public string Token(
        string account, SigningCredentials? key = null, string? issuer = null, string audience = Audience, TimeSpan? from = null, TimeSpan? until = null,
        string type = "at+jwt", Dictionary<string, object>? header = null, params (string Name, object Value)[] claims) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Url,
            Audience = audience,
            IssuedAt = DateTime.UtcNow.AddMinutes(-1),
            NotBefore = DateTime.UtcNow + (from ?? TimeSpan.FromMinutes(-1)),
            Expires = DateTime.UtcNow + (until ?? TimeSpan.FromMinutes(5)),
            TokenType = type,
            SigningCredentials = key ?? Key,
            AdditionalHeaderClaims = header,
            Claims = new Dictionary<string, object>(claims.Select(claim => KeyValuePair.Create(claim.Name, claim.Value))
                .UnionBy([new("account", account), new("sub", "4711"), new("preferred_username", "kim@example.com")], claim => claim.Key)),
        });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static object Public(SecurityKey key)
    {
        if (key is ECDsaSecurityKey curve)
        {
            var point = curve.ECDsa.ExportParameters(false).Q;
            return new { kty = "EC", use = "sig", kid = key.KeyId, crv = "P-256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
        }

        var numbers = ((RsaSecurityKey)key).Rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid = key.KeyId, n = Base64UrlEncoder.Encode(numbers.Modulus), e = Base64UrlEncoder.Encode(numbers.Exponent) };
    }

    private IResult Authorize(HttpRequest request)
    {
        var code = $"{Guid.NewGuid():n}";
        _codes[code] = (request.Query["nonce"], request.Query["code_challenge"]);
        return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString($"{request.Query["state"]}")}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!_codes.TryRemove($"{form["code"]}", out var asked) || asked.Challenge != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes($"{form["code_verifier"]}"))))
            return Results.BadRequest(new { error = "invalid_grant" });
        var id = Token("", audience: $"{form["client_id"]}", type: "JWT", claims: [.. Somebody, ("nonce", asked.Nonce!)]);
        return Results.Json(new { access_token = "none", token_type = "Bearer", id_token = id, expires_in = 300 });
    }
}
