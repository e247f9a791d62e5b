namespace ProcessDeployment.Engine.Tests.Sample;

/// <summary>The small changes that designers make every day, each with the reason they give.</summary>
internal static class SampleChange
{
    private static readonly (string Field, string Reason)[] Fields =
    [
        ("vatNumber", "Finance needs the VAT number"), ("deliveryDate", "Show the promised delivery date"), ("costCentre", "Cost centre for the new reporting"),
        ("language", "Language of the customer"), ("channel", "Tell shop and marketplace apart"), ("discount", "Discounts were lost"),
        ("incoterm", "Incoterm for exports"), ("email", "E-mail address for notices"), ("weight", "Weight for the carrier"), ("country", "Country as ISO code"),
    ];

    private static readonly (string Key, string[] Values, string Reason)[] Process =
    [
        ("threads", ["1", "2", "4", "8"], "Keep up with the evening peak"), ("log", ["errors", "all"], "See more while we look for the duplicates"),
        ("batch", ["50", "100", "250"], "Smaller batches, fewer timeouts"), ("onError", ["stop", "continue", "retry"], "One bad record must not stop the rest"),
        ("window", ["1d", "2d", "7d"], "Look further back after an outage"),
    ];

    private static readonly (string Key, string[] Values, string Reason)[] Connection =
    [
        ("timeout", ["30", "60", "90"], "Nightly jobs ran into the timeout"), ("pool", ["5", "10", "20"], "Connections ran out at month end"),
        ("tls", ["1.2", "1.3"], "Security asks for newer TLS"),
    ];

    private static readonly (string Key, string[] Values, string Reason)[] Other =
    [
        ("retries", ["1", "3", "5"], "Retry before giving up"), ("batch", ["100", "200", "500"], "Fewer calls"), ("filter", ["active", "changed", "all"], "Read only what changed"),
    ];

    /// <summary>Changes one thing and says why.</summary>
    public static string Make(SampleComponent component, Random random)
    {
        if (component.Type is "transform.map" || component.Type.StartsWith("profile", StringComparison.Ordinal))
        {
            var (field, why) = Fields[random.Next(Fields.Length)];
            return Set(component, field, component.Type is "transform.map" ? $"{field}{random.Next(1, 4)}" : Pick(random, "character", "number", "date")) ? why : "Tidied up";
        }

        var choices = component.Type switch { "process" => Process, "connector-settings" => Connection, _ => Other };
        var (key, values, reason) = choices[random.Next(choices.Length)];
        var now = component.Settings.Find(setting => setting.Key == key).Value;
        Set(component, key, Pick(random, [.. values.Where(value => value != now)]));
        return reason;
    }

    private static bool Set(SampleComponent component, string key, string value)
    {
        var at = component.Settings.FindIndex(setting => setting.Key == key);
        if (at < 0) component.Settings.Add((key, value));
        else if (component.Settings[at].Value == value) component.Settings.RemoveAt(at);
        else component.Settings[at] = (key, value);
        return at < 0;
    }

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}
