using System.Collections.Concurrent;
using System.Reflection;

namespace ProcessDeployment.Contracts;

/// <summary>
/// The name of a message outside this code base, declared by hand and fixed for ever:
/// <c>processdeployment.&lt;name&gt;.v&lt;n&gt;</c>. Renaming a record must not rename what is stored or sent.
/// </summary>
/// <param name="name">The full wire name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WireNameAttribute(string name) : Attribute
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The full wire name, for example <c>processdeployment.attach-atoms.v1</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The wire name of a message type.</summary>
    /// <param name="type">A record that carries this attribute.</param>
    /// <exception cref="InvalidOperationException">The type declares no wire name.</exception>
    public static string Of(Type type) => Names.GetOrAdd(type, static t =>
        t.GetCustomAttribute<WireNameAttribute>()?.Name ?? throw new InvalidOperationException($"{t.Name} declares no wire name."));
}
