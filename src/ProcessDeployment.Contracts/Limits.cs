namespace ProcessDeployment.Contracts;

/// <summary>The limits every message keeps, on every channel.</summary>
public static class Limits
{
    /// <summary>Most ids in the lists of a command, all together.</summary>
    public const int Ids = 100;

    /// <summary>Most commands in one batch.</summary>
    public const int BatchCommands = 1_000;

    /// <summary>Deepest nesting of a JSON message.</summary>
    public const int JsonDepth = 32;

    /// <summary>Most bytes (UTF-8) of <c>content</c>.</summary>
    public const int ContentBytes = 4 * 1024 * 1024;

    /// <summary>Most bytes (UTF-8) of a command without its <c>content</c>.</summary>
    public const int CommandBytes = 64 * 1024;

    /// <summary>Most bytes (UTF-8) of the names and values of all extension attributes of a command: they are kept with each of its events.</summary>
    public const int ExtensionBytes = 4 * 1024;

    /// <summary>Most bytes of a message as it is sent: <c>content</c> with every character escaped, and the rest.</summary>
    public const int MessageBytes = (6 * ContentBytes) + CommandBytes;

    /// <summary>Most bytes of a batch as it is sent.</summary>
    public const int BatchBytes = 32 * 1024 * 1024;

    /// <summary>Most characters of a source.</summary>
    public const int Source = 1_000;

    /// <summary>Most characters of the name of a component or an Atom.</summary>
    public const int Name = 255;

    /// <summary>Most characters of the name of an environment.</summary>
    public const int EnvironmentName = 80;

    /// <summary>Most characters of the label of a version.</summary>
    public const int Label = 80;

    /// <summary>Stands before the number of a version that has no label, where it is called by one.</summary>
    public const char NumberSign = '#';

    /// <summary>Most characters of a folder, and of a host name or source revision.</summary>
    public const int Folder = 1_000;

    /// <summary>Most characters of the value of an extension.</summary>
    public const int ExtensionValue = 8_000;

    /// <summary>Most characters of a note or a reason.</summary>
    public const int Note = 2_000;

    /// <summary>Most tokens of an Atom at a time: one in use, one to change over to, and some that were forgotten.</summary>
    public const int AtomTokens = 20;

    /// <summary>Most members, most keys and most freezes of an account at a time.</summary>
    public const int Members = 5_000;

    /// <summary>Most roles of its own and most producers of an account at a time.</summary>
    public const int Roles = 200;

    /// <summary>Most webhooks of an account at a time.</summary>
    public const int Webhooks = 100;

    /// <summary>Most schedules of a Process on an Atom.</summary>
    public const int Schedules = 50;

    /// <summary>Most characters of the end of a log that an Atom reports.</summary>
    public const int LogTail = 16 * 1024;

    /// <summary>Most characters of an actor (an e-mail address may have 320).</summary>
    public const int Actor = 320;
}
