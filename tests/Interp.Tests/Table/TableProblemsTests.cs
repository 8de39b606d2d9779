using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Interp.Tests.Table;

/// <summary>A row that is missing or wrong is told, before anything is written from it.</summary>
public sealed class TableProblemsTests
{
    private static readonly Kind Straight = new Kind.Straight();

    [Fact]
    public void Each_row_that_is_missing_is_told_by_its_encodings_or_by_what_it_is_part_of()
    {
        foreach (var row in EngineTable.Rows)
        {
            if (row.Has is not { } has) continue;
            var problems = Problems([.. EngineTable.Rows.Where(other => other != row)]);

            problems.ShouldContain($"{OperationTable.Forms.First(has).Id}: no row has this encoding; add one", row.Code);
        }
    }

    [Fact]
    public void A_row_twice_is_told()
    {
        var problems = Problems([.. EngineTable.Rows, RowOf("Load8")]);

        problems.ShouldContain("Load8: there are 2 such rows; expected one");
        problems.ShouldContain("mem/ldxdw: the rows Load8 and Load8 have this encoding; expected one");
    }

    [Fact]
    public void Each_step_that_is_not_there_is_told()
    {
        foreach (var row in EngineTable.Rows)
        {
            if (row.Step is "") continue;
            Problems(With(row with { Step = "Nothing" }))
                .ShouldBe([$"{row.Code}: there is no step Nothing in src/Interp/Execution/Steps.cs"]);
        }
    }

    // Each row with the step of every other kind.
    [Fact]
    public void Each_step_that_does_not_fit_its_kind_is_told()
    {
        var kinds = EngineTable.Rows.Where(row => row.Step is not "").GroupBy(row => KindOf(row)).Select(rows => rows.First()).ToList();
        kinds.Count.ShouldBeGreaterThan(3);
        foreach (var row in kinds)
        {
            foreach (var other in kinds)
            {
                if (KindOf(row) == KindOf(other)) continue;
                Problems(With(row with { Step = other.Step })).ShouldNotBeEmpty($"{row.Code} with {other.Step}");
            }
        }
    }

    [Theory]
    [InlineData("Add32K", "Alu32K<Plus>", "Plus is no IArithmetic, which the step Alu32K is made with")]
    [InlineData("Add32K", "Alu32K<Equal>", "Equal is no IArithmetic, which the step Alu32K is made with")]
    [InlineData("Add32K", "Alu32K<IArithmetic>", "IArithmetic is no IArithmetic, which the step Alu32K is made with")]
    [InlineData("Add32K", "Alu32K", "the step Alu32K is made with 1 types, not 0")]
    [InlineData("Add32K", "Zero32", "the step Zero32 yields Boolean; expected Void")]
    [InlineData("Load8", "Constant", "the step Constant takes no bytes")]
    [InlineData("Constant", "StoreK<Size1>", "the step StoreK takes bytes")]
    [InlineData("Exit", "Constant", "this kind takes no step, so Constant is never done")]
    [InlineData("AddLoad1", "MoveX<Add>", "the step MoveX yields Void; expected UInt64")]
    public void A_step_that_cannot_be_is_told(string code, string step, string problem) =>
        Problems(With(RowOf(code) with { Step = step })).ShouldBe([$"{code}: {problem}"]);

    [Fact]
    public void A_stop_or_an_address_that_is_not_there_is_told()
    {
        Problems(With(RowOf("TrapOnZero32") with { Kind = new Kind.Guard("Nothing") }))
            .ShouldBe(["TrapOnZero32: there is no stop Nothing in src/Interp/Execution/Stop.cs"]);
        Problems(With(RowOf("Load1") with { Kind = new Kind.Access("Nothing", Permission.Read) }))
            .ShouldBe(["Load1: there is no step Nothing in src/Interp/Execution/Steps.cs"]);
        Problems(With(RowOf("Load1") with { Has = _ => false })).ShouldContain("Load1: no encoding has this code");
    }

    [Theory]
    [InlineData("Add64X", "", "a superinstruction has two parts or more")]
    [InlineData("Add64X Nothing", "", "there is no code Nothing")]
    [InlineData("IfLess64X Add64X", "", "IfLess64X does not always go on with the next step, so it can only be the last part")]
    [InlineData("Add64X Exit", "", "no superinstruction can end in Exit")]
    [InlineData("Xor64X Add64X", "MoveX<Add>", "MoveX<Add> is never done, as the step does all parts")]
    [InlineData("Xor64X Load1", "Zero32", "the step Zero32 yields Boolean; expected Void")]
    [InlineData("Add64X Add64K Xor64X", "", "never used, as AddXAddK begins the same and stands above it")]
    public void A_superinstruction_that_cannot_be_is_told(string parts, string before, string problem)
    {
        var row = new Row("New", new Kind.Fused(Condition.Any, parts.Split(' ').ToSequence(), before));

        Problems([.. EngineTable.Rows, row]).ShouldBe([$"New: {problem}"]);
    }

    [Fact]
    public void What_makes_sense_is_no_problem() =>
        Problems(
        [
            .. EngineTable.Rows,
            new("Guard", Straight, "Constant"),
            new("New", new Kind.Fused(Condition.Any, ["Xor64X", "Xor64X", "Load2"])),
        ]).ShouldBeEmpty();

    private static string KindOf(Row row)
    {
        if (row.Kind is Kind.Guard or Kind.AlignmentGuard) return nameof(Kind.Branch);
        if (row.Kind is not Kind.Fused { Parts: var parts }) return row.Kind.GetType().Name;
        return KindOf(RowOf(parts[^1])) is var last && last is nameof(Kind.Access) ? "Address" : last;
    }

    private static Row RowOf(string code) => EngineTable.Rows.Single(row => row.Code == code);

    private static Sequence<Row> With(Row row) => [.. EngineTable.Rows.Select(other => other.Code == row.Code ? row : other)];

    private static List<string> Problems(Sequence<Row> rows) => [.. TableProblems.Of(rows, OperationTable.Forms)];
}
