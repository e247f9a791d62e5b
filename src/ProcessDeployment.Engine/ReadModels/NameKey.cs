namespace ProcessDeployment.Engine.ReadModels;

/// <summary>How names are compared without case, in the read models and in the questions put to them.</summary>
public static class NameKey
{
    public static string Of(string text) => text.ToLowerInvariant();
}
