using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ProcessDeployment.Engine.Tests.Export;

namespace ProcessDeployment.Engine.Tests.Ledger;

/// <summary>An unpacked export in the hands of somebody who edits it, and knows what else to change then.</summary>
internal sealed class ExportedFolder(string folder) : IDisposable
{
    public static async Task<ExportedFolder> OfAsync(byte[] bundle) => new(await Exports.UnpackAsync(bundle));

    public string Path(string name) => System.IO.Path.Combine(folder, name);

    public string Read(string name) => File.ReadAllText(Path(name));

    public byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    /// <summary>Puts a file there as it is; the manifest goes on naming what was there before.</summary>
    public void Put(string name, string content) => File.WriteAllText(Path(name), content);

    public void Put(string name, byte[] content) => File.WriteAllBytes(Path(name), content);

    public Task<Verifying.Verdict> VerifyAsync(params string[] options) => Verifying.VerifyAsync(folder, options);

    /// <summary>Replaces a text that must be there, and adapts the manifest.</summary>
    public void Replace(string name, string from, string to)
    {
        Read(name).ShouldContain(from);
        Edit(name, text => text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Edit(string name, Func<string, string> edit) => Write(name, System.Text.Encoding.UTF8.GetBytes(edit(Read(name))));

    public void Write(string name, byte[] content)
    {
        File.WriteAllBytes(Path(name), content);
        Manifest(manifest => manifest["files"]![name] = Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>Edits the manifest. Its signature is taken away, since it cannot be made anew.</summary>
    public void Manifest(Action<JsonNode> edit)
    {
        var manifest = JsonNode.Parse(Read("manifest.json"))!;
        edit(manifest);
        File.WriteAllText(Path("manifest.json"), manifest.ToJsonString());
        File.Delete(Path("signature.json"));
    }

    /// <summary>The lines of a list, one per element; none of ours has a line break within.</summary>
    public void Lines(string name, Func<List<string>, IEnumerable<string>> edit)
    {
        var end = name.EndsWith(".csv", StringComparison.Ordinal) ? "\r\n" : "\n";
        Edit(name, text => string.Concat(edit([.. text.Split(end, StringSplitOptions.RemoveEmptyEntries)]).Select(line => line + end)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
