using System.Globalization;

namespace ProcessDeployment.Embedded;

/// <summary>PostgreSQL refuses to run as root: then an unprivileged user runs it and owns the cluster.</summary>
internal sealed record ServiceUser(string Name, string Uid, string Gid)
{
    public static bool IsNeeded => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public string[] Wrap(string file, IEnumerable<string> arguments) =>
        [$"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", "--no-new-privs", "--", file, .. arguments];

    public static async Task<ServiceUser?> ForAsync(DataFolder folder, CancellationToken ct)
    {
        if (!IsNeeded)
            return null;
        var user = await OfClusterAsync(folder, ct) ?? Named("postgres") ?? Named("nobody");
        if (user is null || await ExternalProgram.RunAsync("setpriv", ["--version"], null, ct) is null)
            throw new PrivatePostgresException(
                "PostgreSQL refuses to run as root, and there is no unprivileged user or no program 'setpriv' to start it with. "
                + "Start this program as an ordinary user, install util-linux, or set ConnectionStrings__Postgres to a PostgreSQL that runs already.");
        await user.MustReachAsync(folder.Root, ct);
        return user;
    }

    public async Task OwnAsync(string folder, CancellationToken ct)
    {
        var done = await ExternalProgram.RunAsync("chown", ["-R", $"{Uid}:{Gid}", "--", folder], null, ct);
        if (done is not { ExitCode: 0 })
            throw new PrivatePostgresException($"The folder {folder} cannot be given to the user '{Name}': {done?.Output ?? "there is no program 'chown'"}");
    }

    /// <summary>Whoever owns the cluster goes on running it: another user may have been added to the system since.</summary>
    private static async Task<ServiceUser?> OfClusterAsync(DataFolder folder, CancellationToken ct)
    {
        if (!folder.HasCluster)
            return null;
        var stat = await ExternalProgram.RunAsync("stat", ["-c", "%u %g", folder.Cluster], null, ct);
        if (stat is not { ExitCode: 0 } || stat.Output.Split(' ') is not [var uid, var gid])
            return null;
        if (uid != "0")
            return new ServiceUser(NameOf(uid), uid, gid);
        // Restored from a copy by root: make it right again.
        var user = Named("postgres") ?? Named("nobody");
        if (user is not null)
            await user.OwnAsync(folder.Cluster, ct);
        return user;
    }

    private async Task MustReachAsync(string folder, CancellationToken ct)
    {
        var reached = await ExternalProgram.RunAsync("setpriv", Wrap("test", ["-x", folder]), "/", ct);
        if (reached is { Output.Length: > 0 })
            throw new PrivatePostgresException(
                $"PostgreSQL refuses to run as root, and this program may not start it as '{Name}': {reached.Output}. Start this program as an ordinary user.");
        if (reached is not { Succeeded: true })
            throw new PrivatePostgresException(
                $"PostgreSQL refuses to run as root and is started as '{Name}', but that user cannot get into the folder {folder}. "
                + "Open it and the folders above it (chmod a+x), name another one with PROCESSDEPLOYMENT_DATA, or start this program as an ordinary user.");
    }

    private static string NameOf(string uid) => Accounts().FirstOrDefault(account => account[2] == uid)?[0] ?? uid;

    private static ServiceUser? Named(string name) =>
        Accounts().FirstOrDefault(account => account[0] == name) is { } found ? new ServiceUser(name, found[2], found[3]) : null;

    private static IEnumerable<string[]> Accounts() =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(parts => parts.Length > 3
            && uint.TryParse(parts[2], CultureInfo.InvariantCulture, out _));
}
