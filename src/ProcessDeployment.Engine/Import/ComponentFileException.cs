namespace ProcessDeployment.Engine.Import;

/// <summary>A file that cannot be imported, with the reason for people. The other files of a folder are not affected.</summary>
public sealed class ComponentFileException(string message, Exception? inner = null) : Exception(message, inner);
