using System.Text;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Specification.Pages;

/// <summary>The page of decision points: where the profile <c>rbpf</c> differs from RFC 9669, or settles what it leaves open.</summary>
public static class DeviationPage
{
    /// <summary>Its file under <c>spec/</c>.</summary>
    public const string Path = "81-deviations.md";

    private const string Title = "Deviations";

    /// <summary>The page.</summary>
    public static Page Create()
    {
        var text = new StringBuilder();
        text.Append(CommonText.Generated).Append($"# {Title}\n\n");
        text.Append("Each point at which machines differ has a number, which is never used again. "
            + "A profile is what a machine does at all of them.\n\n");
        text.Append($"| number | point | {string.Join(" | ", Profile.All.Select(profile => $"`{profile.Name}`"))} |\n");
        text.Append($"|---|---|{string.Concat(Profile.All.Select(_ => "---|"))}\n");
        foreach (var point in DecisionPoint.All)
        {
            var number = point.Deviation.Number;
            text.Append($"| [{number}](#{OperationSection.Anchor(number)}) | {point.Name} | "
                + $"{string.Join(" | ", Profile.All.Select(point.Setting))} |\n");
        }

        text.Append('\n');
        foreach (var point in DecisionPoint.All) text.Append(Section(point)).Append('\n');
        text.Append("## Deviations of the host\n\nWhere the helpers and hooks of a device differ from those of the published systems.\n\n");
        text.Append("| number | point |\n|---|---|\n");
        foreach (var deviation in HostDeviation.All)
            text.Append($"| [{deviation.Number}](#{OperationSection.Anchor(deviation.Number)}) | {deviation.Name} |\n");
        text.Append('\n');
        foreach (var deviation in HostDeviation.All) text.Append(Section(deviation)).Append('\n');
        return new(Path, Title, text.ToString().TrimEnd('\n') + "\n", IsGenerated: true);
    }

    /// <summary>The section about one point.</summary>
    public static string Section(DecisionPoint point)
    {
        var (number, kind, source, reason) = point.Deviation;
        var text = new StringBuilder();
        text.Append($"## {number}\n\n{point.Question}\n\n");
        text.Append($"- {(kind is DeviationKind.Departs ? "Departs from" : "Settles what is left open by")} {point.Clause}.\n");
        foreach (var profile in Profile.All) text.Append($"- `{profile.Name}`: {point.Setting(profile)}.\n");
        text.Append($"- From: {source}.\n- Why: {reason}\n");
        return text.ToString();
    }

    /// <summary>The section about one deviation of the host.</summary>
    public static string Section(HostDeviation deviation) =>
        $"## {deviation.Number}\n\n"
        + $"- {deviation.Source}: {deviation.Published}.\n- Here: {deviation.Here}.\n- Why: {deviation.Reason}\n";
}
