using System.Text.Json;
using RbpfSpec.Dialects;
using RbpfSpec.Images;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

using static System.FormattableString;

namespace RbpfSpec.Cli.Commands.Historic;

/// <summary>A program on a historic machine, and on one of the same profile without its bugs.</summary>
/// <param name="Dialect">The historic machine.</param>
/// <param name="There">The end on it.</param>
/// <param name="Without">The end without its bugs.</param>
/// <param name="Bugs">The bugs that make the difference; none if there is none, or if it takes several that each suffice.</param>
public sealed record HistoricRun(Dialect Dialect, HistoricEnd There, HistoricEnd Without, Sequence<DialectDeviation> Bugs)
{
    /// <summary>Runs a program.</summary>
    /// <param name="dialect">The historic machine.</param>
    /// <param name="image">The program.</param>
    /// <param name="rules">What it is checked against, beside what the machine checks itself.</param>
    /// <param name="state">The state it begins in.</param>
    /// <param name="steps">The most instructions.</param>
    public static HistoricRun Of(Dialect dialect, Image image, Admission rules, State<Word> state, int steps)
    {
        var program = Program.Of(image.Program.AsSpan());
        var there = End(dialect.Deviations);
        var without = End([]);
        if (there == without) return new(dialect, there, without, []);

        // Those without which it would end otherwise; where each of several does the same, those that would do it alone.
        Sequence<DialectDeviation> needed =
            [.. dialect.Deviations.Where(bug => End([.. dialect.Deviations.Where(one => one != bug)]) != there)];
        return new(dialect, there, without, needed.IsEmpty ? [.. dialect.Deviations.Where(bug => End([bug]) != without)] : needed);

        HistoricEnd End(Sequence<DialectDeviation> bugs)
        {
            var machine = new DialectMachine(program, dialect.Profile, bugs);
            return machine.Check(image.Entry, rules) is [var problem, ..]
                ? new HistoricEnd.Rejected(problem)
                : new HistoricEnd.Ran(machine.Run(state, steps), steps);
        }
    }

    /// <summary>Prints both ends, and the bugs.</summary>
    public void Print(ITextReport to)
    {
        ArgumentNullException.ThrowIfNull(to);
        var text = $"{Dialect.Name}: {There}";
        if (There.IsExit) to.Good(text);
        else to.Bad(text);
        if (There == Without)
        {
            to.Line("none of its bugs makes a difference");
            return;
        }

        var other = Without.ToString() == There.ToString() ? "the same, but with other registers or memory" : Without.ToString();
        to.Line($"without its bugs: {other}");
        foreach (var bug in Bugs) to.Line($"{bug.Number}: {bug.Summary} ({bug.Source})");
        if (Bugs.IsEmpty) to.Line("several of its bugs together make the difference");
    }

    /// <summary>The same as properties of a JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("dialect", Dialect.Name);
        writer.WriteString("end", There.ToString());
        writer.WriteBoolean("exited", There.IsExit);
        writer.WriteString("withoutBugs", Without.ToString());
        writer.WriteBoolean("same", There == Without);
        writer.WriteStrings("bugs", Bugs.Map(static bug => bug.Number));
    }
}

/// <summary>The end of a program on a historic machine.</summary>
public abstract record HistoricEnd
{
    private HistoricEnd()
    {
    }

    /// <summary>Whether it ran to its EXIT.</summary>
    public bool IsExit => this is Ran { Outcome: DialectOutcome.Regular { Outcome: Outcome<Word>.Exited } };

    /// <summary>Its checks reject it.</summary>
    /// <param name="Problem">The first problem.</param>
    public sealed record Rejected(Problem Problem) : HistoricEnd
    {
        /// <summary>In one line.</summary>
        public override string ToString() => $"rejected: {Problem}";
    }

    /// <summary>It ran.</summary>
    /// <param name="Outcome">How that ended.</param>
    /// <param name="Steps">The most instructions that it was given.</param>
    public sealed record Ran(DialectOutcome Outcome, int Steps) : HistoricEnd
    {
        /// <summary>In one line.</summary>
        public override string ToString() => Outcome switch
        {
            DialectOutcome.Regular { Outcome: Outcome<Word>.Exited exited } => Results.Text(exited.Result),
            DialectOutcome.Regular { Outcome: Outcome<Word>.Trapped trapped } => $"trap {trapped.Trap} at {Slot}",
            DialectOutcome.Regular => Invariant($"still runs after {Steps} instructions (--instructions grants more)"),
            DialectOutcome.Escaped escaped =>
                Invariant($"accesses {escaped.Count.Value} bytes at 0x{escaped.Address.Value:x} at {Slot}, which no region grants"),
            DialectOutcome.LeftProgram left => Invariant($"executes slot {left.Slot.Value}, which is outside the program"),
            DialectOutcome.IllegalRegister illegal => $"uses {illegal.Register} at {Slot}, which does not exist",
        };

        private string Slot => Invariant($"slot {Outcome.State.ProgramCounter.Value}");
    }
}
