using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProcessDeployment.Engine.Rebuild.Folds;

/// <summary>Why a Process is bold, in the words of the contract; the same that <c>ProcessReasons</c> says in SQL.</summary>
internal sealed class ReasonWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public ReasonWriter() => _json = new(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Until the next call.</summary>
    public ReadOnlySpan<byte> Of(FoldedComponent process, Dictionary<Guid, FoldedComponent> components, out bool revised)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartArray();
        revised = false;
        if (process.CurrentVersion is null)
        {
            revised = true;
            Write("NeverDeployed", process, deployedRevision: null);
        }
        else
        {
            foreach (var (component, pin) in Moved(process, components))
            {
                revised = true;
                Write(CodeOf(component, pin), component, pin.Revision);
            }
        }

        _json.WriteEndArray();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    private static IEnumerable<(FoldedComponent Component, FoldedPin Pin)> Moved(FoldedComponent process, Dictionary<Guid, FoldedComponent> components)
    {
        List<(FoldedComponent Component, FoldedPin Pin)>? moved = null;
        foreach (var (componentId, pin) in process.Pins)
        {
            if (pin.VersionNumber == process.CurrentVersion && components.TryGetValue(componentId, out var component) && (component.Deleted || component.Revision != pin.Revision)) (moved ??= []).Add((component, pin));
        }

        return moved is null ? [] : moved.OrderBy(m => m.Component.Name, ByteOrder.Instance).ThenBy(m => m.Component.ComponentId);
    }

    private static string CodeOf(FoldedComponent component, FoldedPin pin) =>
        component.Deleted ? "ComponentDeleted"
        : component.ContentHash == pin.ContentHash ? "RevisedButIdentical"
        : component.Revision == pin.Highest ? "RolledBack"
        : "Revised";

    private void Write(string code, FoldedComponent component, int? deployedRevision)
    {
        _json.WriteStartObject();
        _json.WriteString("code"u8, code);
        _json.WriteString("componentId"u8, component.ComponentId);
        _json.WriteString("name"u8, component.Name);
        if (deployedRevision is { } revision) _json.WriteNumber("deployedRevision"u8, revision);
        _json.WriteNumber("latestRevision"u8, component.Revision);
        _json.WriteString("by"u8, component.Deleted ? component.ChangedBy : component.SavedBy);
        // As PostgreSQL writes a time into JSON: without zeros at the end.
        _json.WriteString("at"u8, (component.Deleted ? component.ChangedAt : component.SavedAt).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture));
        _json.WriteEndObject();
    }

    /// <summary>The order of <c>collate "C"</c>: that of UTF-8, which .NET's ordinal order leaves beyond the basic plane.</summary>
    private sealed class ByteOrder : IComparer<string>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(string? x, string? y)
        {
            var same = x.AsSpan().CommonPrefixLength(y);
            return same == x!.Length || same == y!.Length ? x!.Length - y!.Length : Place(x[same]) - Place(y[same]);
        }

        /// <summary>Surrogates stand for what comes after everything else.</summary>
        private static int Place(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
