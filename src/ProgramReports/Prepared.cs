using RbpfSpec.Images;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.ProgramReports;

/// <summary>A program checked and about to run.</summary>
/// <param name="Program">The program.</param>
/// <param name="State">The state to begin in.</param>
/// <param name="Image">What it was read from.</param>
public sealed record Prepared(CheckedProgram Program, State<Word> State, Image Image)
{
    /// <summary>A machine that holds it, which takes one step at a time.</summary>
    public ConcreteMachine Machine { get; } = new(Program);

    /// <summary>The report, for a person, of a trap that a run from that state ended in.</summary>
    public TrapReport ReportOn(Outcome<Word>.Trapped end) =>
        TrapReport.Of(Machine.Program, Machine.Profile, State.Budget, end);
}
