using System.Security.Cryptography;

namespace ProcessDeployment.Engine.Ledger.Sealing;

/// <summary>Where the signing key is: files outside the database, which only their owner may read.</summary>
internal sealed class KeyFolder(string folder)
{
    private readonly string _key = Path.Combine(folder, "signing-key.pem");
    private readonly string _next = Path.Combine(folder, "signing-key.next.pem");

    /// <summary>The public keys, for auditors to take away.</summary>
    private string PublicFile(string id) => Path.Combine(folder, $"public-key-{id}.pem");

    /// <summary>The key of a new ledger: the one that lies there, or a new one.</summary>
    /// <exception cref="SealingException">The file that is there is no key.</exception>
    public SigningKey First()
    {
        if (Read(_key) is { } given) return given;
        var key = SigningKey.Create();
        Write(_key, key);
        return key;
    }

    /// <summary>The key that an existing ledger signs with.</summary>
    /// <exception cref="SealingException">It is not there.</exception>
    public SigningKey Current(string id)
    {
        if (Read(_key) is { } key && key.Id == id) return key;
        // A rotation that was cut off after the ledger had taken the new key.
        if (Read(_next) is { } next && next.Id == id)
        {
            File.Move(_next, _key, overwrite: true);
            return next;
        }

        throw new SealingException($"The key {id} of the ledger is not in {_key}. Put it back; without it nothing can be sealed.");
    }

    /// <summary>Whether one of the keys of this folder signed it. The database is not asked: its superuser can write there what he likes.</summary>
    public bool Signed(Dsse checkpoint) => checkpoint.Signatures is [var only] && Public(only.KeyId) is { } key && key.Signed(checkpoint);

    private PublicKey? Public(string id)
    {
        using var current = Read(_key);
        using var next = Read(_next);
        if (current?.Id == id) return current.Public;
        if (next?.Id == id) return next.Public;
        // Ids are hexadecimal; whatever else stands in an envelope names no file.
        if (!id.All(char.IsAsciiHexDigitLower) || !File.Exists(PublicFile(id))) return null;
        using var former = ECDsa.Create();
        former.ImportFromPem(File.ReadAllText(PublicFile(id)));
        return new(former.ExportSubjectPublicKeyInfo());
    }

    public SigningKey MakeNext()
    {
        var next = SigningKey.Create();
        Write(_next, next);
        return next;
    }

    /// <summary>The next key takes the place of the current one, which is gone then: nobody can sign the past again.</summary>
    public void Switch() => File.Move(_next, _key, overwrite: true);

    private static SigningKey? Read(string file)
    {
        try
        {
            return File.Exists(file) ? SigningKey.FromPem(File.ReadAllText(file)) : null;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or UnauthorizedAccessException)
        {
            throw new SealingException($"The key in {file} cannot be read: {e.Message}", e);
        }
    }

    private void Write(string file, SigningKey key)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(PublicFile(key.Id), key.ToPublicPem());
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // A crash must not leave half a key where a whole one is looked for.
        var beside = $"{file}.new";
        File.Delete(beside);
        using (var stream = new FileStream(beside, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(key.ToPem()));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
    }
}
