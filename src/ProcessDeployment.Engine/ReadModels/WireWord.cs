using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>The words of the contract in columns, so that SQL and answers say the same.</summary>
public static class WireWord
{
    public static string Of<T>(T value)
        where T : struct, Enum => Words<T>.All[value];

    public static string? Of<T>(T? value)
        where T : struct, Enum => value is { } word ? Words<T>.All[word] : null;

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> All = Enum.GetValues<T>().ToFrozenDictionary(
            value => value,
            value => typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name);
    }
}
