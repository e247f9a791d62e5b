using Microsoft.Net.Http.Headers;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Bundles;

/// <summary>What a version holds, in one file under its digest: the same bytes for ever, in parts if need be.</summary>
internal static class BundleEndpoints
{
    private const string Path = "/bundles/{digest}";

    public static void AddBundles(this IServiceCollection services)
    {
        services.AddSingleton<BundleContents>();
        services.AddSingleton<BundleStore>();
        services.AddSingleton<BundleSignatures>();
    }

    public static void MapBundles(this IEndpointRouteBuilder api)
    {
        api.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], DownloadAsync)
            .Describe("get-bundle", "The bundle of a version: its manifest and the content of every component, as a tar archive, or a range of it", [])
            .Produces(200, contentType: "application/x-tar").Produces(206, contentType: "application/x-tar").Produces(304).MayBeUnknown()
            .WithMetadata(new OpenToAtoms(Own: false));
        api.MapGet($"{Path}/signature", SignatureAsync)
            .Describe("get-bundle-signature", "The digest of a version and the SHA-256 of its bundle, signed with the key of the ledger (a DSSE envelope)", [])
            .Produces<Dsse>().MayBeUnknown()
            .WithMetadata(new OpenToAtoms(Own: false));
    }

    private static async Task<IResult> DownloadAsync(HttpContext context, string digest, BundleStore bundles, AccountQuestion asking)
    {
        var (bundle, problem) = await OpenAsync(context, digest, bundles, asking);
        if (bundle is null) return problem!;
        // It never changes, and only whoever may read it may keep it.
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.Stream(bundle, "application/x-tar", $"{digest}.tar", lastModified: null, new EntityTagHeaderValue($"\"{digest}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> SignatureAsync(HttpContext context, string digest, BundleStore bundles, BundleSignatures signatures, AccountQuestion asking)
    {
        var (bundle, problem) = await OpenAsync(context, digest, bundles, asking);
        if (bundle is null) return problem!;
        return await signatures.OfAsync(asking.AccountOf(context), digest, bundle, context.RequestAborted) is { } signature
            ? Answer.Of(signature)
            : Problem.Unavailable("This node cannot sign: the ledger is not begun, or its key is not here.", "not-signed", retryAfterSeconds: 10);
    }

    private static async Task<(BundleStream? Bundle, Problem? Problem)> OpenAsync(HttpContext context, string digest, BundleStore bundles, AccountQuestion asking)
    {
        var asked = new QuestionParameters(context.Request, []);
        if (digest.Length != 64 || !digest.All(char.IsAsciiHexDigitLower)) asked.Refuse("digest", "must be 64 lower-case hexadecimal digits");
        if (asked.Errors.Count > 0) return (null, AccountQuestion.Malformed(asked));
        try
        {
            if (await bundles.OpenAsync(asking.AccountOf(context), digest, context.RequestAborted) is not { } bundle)
                return (null, Problem.NotFound($"There is no version with the digest {digest}."));
            if (AtomCaller.Of(context) is { } atom && !await bundles.IsForAsync(atom, digest, context.RequestAborted))
                return (null, AtomCaller.Forbidden($"Atom {atom.AtomId} is attached to no Process of which a version has the digest {digest}."));
            return (bundle, null);
        }
        catch (ContentMissingException e)
        {
            return (null, new("A part of the bundle is missing", 500, e.Message, "content-missing"));
        }
    }
}
