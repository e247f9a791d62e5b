using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProcessDeployment.Engine.Import;

/// <summary>
/// The place of an encrypted value as exports list it, such as <c>//HttpSettings/AuthSettings/@password</c>. A small part
/// of XPath, matched from its end: a condition that is not understood is left out, so that rather too much is masked, and
/// a hostile path costs nothing.
/// </summary>
internal sealed partial class EncryptedPath
{
    private readonly List<Step> _steps;

    private EncryptedPath(List<Step> steps) => _steps = steps;

    /// <summary>Null when the path is not of this form: then nothing of the component may leave, since a secret may be in it.</summary>
    public static EncryptedPath? Parse(string path)
    {
        if (path.EndsWith("/text()", StringComparison.Ordinal)) path = path[..^"/text()".Length];
        if (path.Length is 0 or > 1_000 || !PathPattern().IsMatch(path)) return null;
        List<Step> steps = [.. StepPattern().Matches(path).Select(Step.From)];
        return steps.FindIndex(step => step.IsAttribute) is var at && at >= 0 && at < steps.Count - 1 ? null : new(steps);
    }

    /// <summary>The attributes and elements it names.</summary>
    /// <exception cref="ComponentFileException">The work is too much.</exception>
    public IEnumerable<XObject> Select(XElement root, MaskingWork work)
    {
        var last = _steps[^1];
        return last.IsAttribute
            ? root.DescendantsAndSelf().Where(element => Fits(element, _steps.Count - 2, work)).Attributes().Where(attribute => last.Names(attribute, work))
            : root.DescendantsAndSelf().Where(element => Fits(element, _steps.Count - 1, work));
    }

    /// <summary>Both axes mean "somewhere above": that too masks rather too much.</summary>
    private bool Fits(XElement element, int last, MaskingWork work)
    {
        work.Count();
        if (last < 0) return true;
        if (!_steps[last].Fits(element, work)) return false;
        var waiting = last - 1;
        for (var above = element.Parent; waiting >= 0; above = above.Parent)
        {
            if (above is null) return false;
            work.Count();
            if (_steps[waiting].Fits(above, work)) waiting--;
        }

        return true;
    }

    [GeneratedRegex(@"^(//?[@]?(?:[\w.-]+:)?[\w.*-]+(?:\[[^\]]*\])*)+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"//?(?<at>@?)(?:[\w.-]+:)?(?<name>[\w.*-]+)(?<conditions>(?:\[[^\]]*\])*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StepPattern();

    [GeneratedRegex(@"\[@(?<name>[\w.-]+)\s*=\s*['""](?<value>[^'""]*)['""]\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConditionPattern();

    private sealed record Step(string Name, bool IsAttribute, List<(string Name, string Value)> Conditions)
    {
        public static Step From(Match match) => new(
            match.Groups["name"].Value,
            match.Groups["at"].Length > 0,
            [.. ConditionPattern().Matches(match.Groups["conditions"].Value).Select(c => (c.Groups["name"].Value, c.Groups["value"].Value))]);

        public bool Names(XAttribute attribute, MaskingWork work)
        {
            work.Count();
            return Names(attribute.Name.LocalName);
        }

        public bool Fits(XElement element, MaskingWork work) =>
            Names(element.Name.LocalName) && Conditions.TrueForAll(condition => element.Attributes().Any(attribute => Is(attribute, condition, work)));

        private bool Names(string localName) => Name == "*" || string.Equals(Name, localName, StringComparison.Ordinal);

        private static bool Is(XAttribute attribute, (string Name, string Value) condition, MaskingWork work)
        {
            work.Count();
            return attribute.Name == condition.Name && attribute.Value == condition.Value;
        }
    }
}
