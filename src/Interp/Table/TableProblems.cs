using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Interp.Table;

/// <summary>The problems of a table of the engines.</summary>
internal static class TableProblems
{
    /// <summary>Every problem, as a sentence; nothing if the engines can be written from the table.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="forms">The encodings that need a code.</param>
    public static IEnumerable<string> Of(Sequence<Row> rows, IEnumerable<Form> forms) =>
    [
        .. rows.GroupBy(row => row.Code).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: there are {same.Count()} such rows; expected one"),
        .. forms.SelectMany(form => OfForm(form, rows)),
        .. rows.Where(row => row.Has is { } has && !forms.Any(has)).Select(row => $"{row.Code}: no encoding has this code"),
        .. rows.SelectMany((row, index) => OfRow(row, index, rows)),
    ];

    private static IEnumerable<string> OfForm(Form form, Sequence<Row> rows)
    {
        var found = rows.Where(row => row.Has?.Invoke(form) is true).Select(row => row.Code).ToList();
        if (found.Count == 0) yield return $"{form.Id}: no row has this encoding; add one";
        if (found.Count > 1) yield return $"{form.Id}: the rows {string.Join(" and ", found)} have this encoding; expected one";
    }

    private static IEnumerable<string> OfRow(Row row, int index, Sequence<Row> rows) => row.Kind switch
    {
        Kind.Straight => OfStep(row, row.Step, typeof(void)),
        Kind.Branch => OfStep(row, row.Step, typeof(bool)),
        Kind.AlignmentGuard => OfStep(row, row.Step, typeof(bool)),
        Kind.Guard(var stop) => OfStep(row, row.Step, typeof(bool)).Concat(
            typeof(Stop).GetField(stop) is null ? [$"{row.Code}: there is no stop {stop} in src/Interp/Execution/Stop.cs"] : []),
        Kind.Access(var address, _) => OfStep(row, row.Step, typeof(void), takesBytes: true).Concat(OfStep(row, address, typeof(ulong))),
        Kind.Fused fused => OfFused(row, fused, index, rows),
        Kind.Trap or Kind.Pay or Kind.Jump or Kind.HostCall or Kind.LocalCall or Kind.Exit =>
            row.Step is "" ? [] : [$"{row.Code}: this kind takes no step, so {row.Step} is never done"],
    };

    private static IEnumerable<string> OfStep(Row row, string step, Type result, bool takesBytes = false) =>
        StepName.Of(step).Problem(result, takesBytes) is { } problem ? [$"{row.Code}: {problem}"] : [];

    private static IEnumerable<string> OfFused(Row row, Kind.Fused fused, int index, Sequence<Row> rows)
    {
        if (fused.Parts.Count < 2) return [$"{row.Code}: a superinstruction has two parts or more"];
        var parts = fused.Parts.Select(part => rows.FirstOrDefault(other => other.Code == part)).ToList();
        if (parts.FindIndex(part => part is null) is var missing and >= 0) return [$"{row.Code}: there is no code {fused.Parts[missing]}"];
        if (parts.SkipLast(1).FirstOrDefault(part => part!.Kind is not Kind.Straight) is { } jumping)
            return [$"{row.Code}: {jumping.Code} does not always go on with the next step, so it can only be the last part"];
        Type? result = parts[^1]!.Kind switch
        {
            Kind.Straight => typeof(void),
            Kind.Branch => typeof(bool),
            Kind.Access => typeof(ulong),
            Kind.Guard or Kind.AlignmentGuard or Kind.Trap or Kind.Pay or Kind.Jump or Kind.HostCall or Kind.LocalCall or Kind.Exit
                or Kind.Fused => null,
        };
        if (result is null) return [$"{row.Code}: no superinstruction can end in {parts[^1]!.Code}"];
        if (fused.Before is not "" && result == typeof(void))
            return [$"{row.Code}: {fused.Before} is never done, as the step does all parts"];
        return
        [
            .. row.Step is "" ? [] : OfStep(row, row.Step, result),
            .. fused.Before is "" ? [] : OfStep(row, fused.Before, typeof(void)),
            .. rows.Take(index)
                .Where(other => other.Kind is Kind.Fused { Parts: var begun } && fused.Parts.Take(begun.Count).SequenceEqual(begun))
                .Select(other => $"{row.Code}: never used, as {other.Code} begins the same and stands above it"),
        ];
    }
}
