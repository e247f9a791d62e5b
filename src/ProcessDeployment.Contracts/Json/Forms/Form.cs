using System.Text.Json;

namespace ProcessDeployment.Contracts.Json.Forms;

/// <summary>
/// What a value must look like. The reader of the framework stops at the first mistake, in words about .NET types, and
/// lets some through (words with spaces around them, U+0000); a form names every mistake with its path.
/// </summary>
internal abstract class Form
{
    /// <summary>Judges the value the reader stands on and leaves the reader at its end.</summary>
    public abstract void Judge(ref Utf8JsonReader reader, Problems problems);
}
