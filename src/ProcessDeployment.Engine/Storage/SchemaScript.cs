using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ProcessDeployment.Engine.Storage;

/// <summary>A script of ours, as this node has it.</summary>
/// <param name="Name">Under which it was and will be applied.</param>
/// <param name="Sql">Its text, which can be run again.</param>
internal sealed record SchemaScript(string Name, string Sql)
{
    /// <summary>SQLSTATE of our own: while this node waited for its turn, a newer one has applied a newer script.</summary>
    public const string Overtaken = "PD001";

    private const string FirstLine = "-- revision: ";

    /// <summary>Goes up with every change; 1 where the script does not say.</summary>
    public int Revision => Sql.StartsWith(FirstLine, StringComparison.Ordinal)
        ? int.Parse(Sql.AsSpan(FirstLine.Length, Sql.IndexOf('\n', StringComparison.Ordinal) - FirstLine.Length).Trim(), CultureInfo.InvariantCulture)
        : 1;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>All of them, in the order in which they run.</summary>
    public static IEnumerable<SchemaScript> All()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(name, reader.ReadToEnd());
        }
    }

    /// <summary>Whether it says something else than what was applied last, and is not older.</summary>
    public bool IsDue((string Hash, int Revision) applied) => applied.Hash != Hash && Revision >= applied.Revision;

    /// <summary>The script with its entry in the list of what was applied. Run by a node alone; what is applied is looked at again then.</summary>
    public string Guarded() => string.Create(CultureInfo.InvariantCulture, $"""
        do $guard$ begin
            if exists (select 1 from process_deployment.applied_script where name = '{Name}' and revision > {Revision}) then
                raise exception 'a newer node has applied a newer script' using errcode = '{Overtaken}';
            end if;
        end $guard$;
        {Sql}
        insert into process_deployment.applied_script (name, hash, revision) values ('{Name}', '{Hash}', {Revision})
        on conflict (name) do update set hash = excluded.hash, revision = excluded.revision, applied_at = excluded.applied_at;
        """);
}
