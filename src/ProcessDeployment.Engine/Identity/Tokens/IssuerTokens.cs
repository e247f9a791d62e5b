using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity.Limiting;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Identity.Tokens;

/// <summary>
/// Tokens of the issuer. Only algorithms with public keys count, only keys that the issuer publishes, and only those a token
/// names by id; whatever else a token says about where to find a key is not looked at.
/// </summary>
internal sealed class IssuerTokens(IdentityOptions options, IssuerKeys keys, CallersOfTokens callers, VerifiedTokens verified, TimeProvider time)
{
    /// <summary>How wrong the clocks of two machines may be.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384];

    /// <summary>How long after its end a token is somebody's who lags, and not one that somebody found.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private Rules? _rules;

    public async ValueTask<Entry> EnterAsync(HttpContext context, string given)
    {
        OpenIdConnectConfiguration configuration;
        try
        {
            configuration = await keys.GetConfigurationAsync(context.RequestAborted);
        }
        catch (IssuerAwayException e)
        {
            return new(null, Problem.Unavailable(e.Message, "issuer-away", retryAfterSeconds: 5));
        }

        if (verified.TryGet(given, configuration, out var known)) return await callers.EnterAsync(context, known.Claims, known.Until);
        var result = await _handler.ValidateTokenAsync(given, RulesFor(configuration));
        // It may be signed with a key that the issuer has begun to use since.
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await keys.NewerAsync(configuration, context.RequestAborted) is { } newer)
            result = await _handler.ValidateTokenAsync(given, RulesFor(configuration = newer));
        // The signature was looked at before: whoever made this one up did not come so far.
        if (result.Exception is SecurityTokenExpiredException { Expires: var end } && time.GetUtcNow() - new DateTimeOffset(end, TimeSpan.Zero) < Lately) context.Items[FailureGate.TooOld] = FailureGate.TooOld;
        if (!result.IsValid) return Wrong(result.Exception);
        var found = new VerifiedTokens.Verified(result.ClaimsIdentity, new(result.SecurityToken.ValidTo, TimeSpan.Zero), configuration);
        verified.Add(given, found);
        return await callers.EnterAsync(context, found.Claims, found.Until);
    }

    /// <summary>As far as its owner needs to know; what stands in it is not repeated.</summary>
    private static Entry Wrong(Exception? why) => why switch
    {
        SecurityTokenExpiredException expired => Entry.Unknown($"This token was good until {expired.Expires:u}.", "token-expired"),
        SecurityTokenNotYetValidException => Entry.Unknown("This token is not good yet: compare the clocks.", "token-not-yet-valid"),
        SecurityTokenInvalidAudienceException => Entry.Unknown("This token was made for somebody else: Identity__Audience is not its audience.", "token-invalid"),
        SecurityTokenInvalidIssuerException => Entry.Unknown("This token is not of the issuer that the engine trusts.", "token-invalid"),
        SecurityTokenInvalidTypeException => Entry.Unknown("This is no access token.", "token-invalid"),
        _ => Entry.Unknown("This token is none that the engine trusts.", "token-invalid"),
    };

    private TokenValidationParameters RulesFor(OpenIdConnectConfiguration configuration)
    {
        var rules = _rules;
        if (rules?.Of != configuration) _rules = rules = new(configuration, Of(configuration));
        return rules.Parameters;
    }

    private TokenValidationParameters Of(OpenIdConnectConfiguration configuration) => new()
    {
        ValidIssuer = configuration.Issuer,
        ValidAudience = options.Audience,
        ValidAlgorithms = Algorithms,
        ValidTypes = options.StrictTypes ? ["at+jwt", "application/at+jwt"] : ["at+jwt", "application/at+jwt", "JWT"],
        IssuerSigningKeys = configuration.SigningKeys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = ClockSkew,
    };

    private sealed record Rules(OpenIdConnectConfiguration Of, TokenValidationParameters Parameters);
}
