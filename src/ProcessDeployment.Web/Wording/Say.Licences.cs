using ProcessDeployment.Contracts;
using ProcessDeployment.Web.Licences;

namespace ProcessDeployment.Web.Wording;

/// <content>Words about licences.</content>
internal static partial class Say
{
    public static string For(Classification classification) => classification switch
    {
        Classification.Production => "production",
        Classification.Test => "tests",
        _ => classification.ToString(),
    };

    /// <summary>What stands behind the planned numbers.</summary>
    public static string Of(Forecast forecast)
    {
        if (forecast.Processes == 0) return "Nothing is planned: all Processes that are attached to Atoms are deployed as they are.";
        var which = forecast.IsCut ? $"the first {Count(forecast.Processes, "Process", "Processes")}" : $"the {Count(forecast.Processes, "Process", "Processes")}";
        var leftOut = forecast.LeftOut == 0 ? "" : $" {Count(forecast.LeftOut, "other is", "others are")} left out, since a component is missing.";
        return $"Planned is what would be used if {which} that {(forecast.Processes == 1 ? "is" : "are")} revised and attached to Atoms were deployed now.{leftOut}";
    }
}
