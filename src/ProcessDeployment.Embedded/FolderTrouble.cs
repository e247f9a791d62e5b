namespace ProcessDeployment.Embedded;

/// <summary>Turns what disks and folders do to us into one clear message with the ways out.</summary>
internal static class FolderTrouble
{
    private const string AnotherFolder = "or name another folder with PROCESSDEPLOYMENT_DATA.";

    /// <summary>ERROR_SHARING_VIOLATION on Windows; elsewhere EWOULDBLOCK, as Linux and macOS number it.</summary>
    public static bool IsSharing(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;

    public static void DemandFreeSpace(string folder, long bytes)
    {
        var free = Free(folder);
        if (free < bytes)
            throw Full(folder, $"at least {bytes >> 20} MB are needed and {free >> 20} MB are free");
    }

    public static PrivatePostgresException Explain(string folder, Exception e) => Explain(folder, "The private PostgreSQL cannot start", e.Message, e);

    public static PrivatePostgresException Explain(string folder, string what, string output, Exception? inner = null)
    {
        if (Says(output, "read-only file system"))
            return new PrivatePostgresException($"{what}: the disk of the folder {folder} is read-only. Make it writable, {AnotherFolder}", inner);
        if (Says(output, "no space left") || Says(output, "disk full") || Says(output, "not enough space") || Free(folder) < 1 << 20)
            return Full(folder, "nothing is left", inner);
        if (inner is UnauthorizedAccessException || Says(output, "permission denied") || Says(output, "wrong ownership"))
            return new PrivatePostgresException(
                $"{what}: the folder {folder} or something in it is closed to the user '{Environment.UserName}' or belongs to another. "
                + $"Nothing was changed. Start this program as the user who owns it, {AnotherFolder}", inner);
        return new PrivatePostgresException($"{what} in the folder {folder}:\n{output}", inner);
    }

    private static PrivatePostgresException Full(string folder, string detail, Exception? inner = null) =>
        new($"The disk of the folder {folder} is full: {detail}. Nothing was lost. Make room, {AnotherFolder}", inner);

    private static long Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }

    private static bool Says(string output, string words) => output.Contains(words, StringComparison.OrdinalIgnoreCase);
}
