using ProcessDeployment.Verifier.Bundles;

namespace ProcessDeployment.Verifier.Checkpoints;

/// <summary>That <c>signature.json</c> signs <c>manifest.json</c>, with a key of the ledger.</summary>
internal sealed class SignatureCheck(Bundle bundle, KeyChain keys, Report report)
{
    public const string Name = "signature.json";
    private const string PayloadType = "application/vnd.processdeployment.export+json";

    public void Run()
    {
        if (!bundle.Has(Name))
        {
            report.Note("signature", "there is none: what the manifest says is judged by the events and the checkpoint alone");
            return;
        }

        var signed = Documents.Read(Name, bundle.Read(Name), json => Dsse.Of(json, PayloadType));
        var manifest = bundle.ReadAll(Manifest.Name);
        if (!signed.Payload.AsSpan().SequenceEqual(manifest)) report.Bad("signature", "it is over another manifest");
        else if (keys.Find(signed.KeyId) is not { } key) report.Unjudged("signature", KeyChain.Unknown("the manifest", signed.KeyId));
        else if (!signed.IsSignedBy(key, PayloadType)) report.Bad("signature", "it does not hold");
        else report.Good("signature", $"the manifest is signed with key {key.Id}");
    }
}
