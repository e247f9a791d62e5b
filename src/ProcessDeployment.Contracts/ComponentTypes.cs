namespace ProcessDeployment.Contracts;

/// <summary>Component types that mean something to this system; every other type is only kept.</summary>
public static class ComponentTypes
{
    /// <summary>A Process: the type that can be deployed.</summary>
    public const string Process = "process";

    /// <summary>A connection: endpoint and credentials.</summary>
    public const string Connection = "connector-settings";
}
