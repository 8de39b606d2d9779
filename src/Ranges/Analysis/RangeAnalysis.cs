using RbpfSpec.Ranges.Certificates;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>The analysis of one case of a program's contexts: what was found, confirmed by the checker; or why there is nothing.</summary>
public abstract record RangeAnalysis
{
    private RangeAnalysis()
    {
    }

    /// <summary>States were found and confirmed.</summary>
    /// <param name="Checked">What the checker says.</param>
    /// <param name="States">The states where ways meet.</param>
    public sealed record Found(CheckedCase.True Checked, IReadOnlyDictionary<int, AbstractState> States) : RangeAnalysis;

    /// <summary>Nothing is known.</summary>
    /// <param name="Reason">Why, in a sentence.</param>
    public sealed record Nothing(string Reason) : RangeAnalysis;

    /// <summary>Analyses one case.</summary>
    public static RangeAnalysis Of(AnalysedProgram program)
    {
        if (program.Profile.FrameBytes > ushort.MaxValue)
            return new Nothing(FormattableString.Invariant($"frames of {program.Profile.FrameBytes} bytes are too large to be followed"));
        if (program.Dependence is { } dependence) return new Nothing(dependence);
        if (ControlFlow.Of(program.Machine, program.Entry) is not { } flow)
            return new Nothing("the local calls are too many or too deep to be followed");
        var states = StateSearch.Run(program, flow);
        return CertificateChecker.Check(program, flow, states) switch
        {
            CheckedCase.True confirmed => new Found(confirmed, states),
            CheckedCase.Refused(var problem) => new Nothing($"what the analysis found is not confirmed: {problem}"),
        };
    }
}
