using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Lookup;

/// <summary>A place in the specification that search finds.</summary>
/// <param name="Id">What to look up to read it: an operation, a requirement, a trap, a deviation, a helper, a chapter.</param>
/// <param name="Title">Its heading in the site's list.</param>
/// <param name="Line">What it says, in one line.</param>
/// <param name="Page">The page and the anchor, under <c>spec/</c>.</param>
/// <param name="Names">What it is called, joined by blanks.</param>
/// <param name="Text">All that it says besides.</param>
internal sealed record Place(string Id, string Title, string Line, string Page, string Names, string Text)
{
    /// <summary>
    /// Every place: operations and families, traps, requirements and headings in the order of the chapters, deviations, helpers,
    /// instructions of others.
    /// </summary>
    public static IEnumerable<Place> All(Sequence<Chapter> chapters) =>
    [
        .. OperationTable.All.Select(Of), .. InstructionFamily.All.Select(Of), .. Traps, .. chapters.SelectMany(Of), .. Deviations,
        .. Helpers(chapters), .. Outside(chapters),
    ];

    /// <summary>The id by which an operation is looked up.</summary>
    public static string IdOf(Operation operation) => OperationSection.Anchor(OperationSection.Title(operation));

    /// <summary>The id by which a heading of a chapter is looked up: the chapter, and the anchor unless it is the title.</summary>
    public static string IdOf(Chapter chapter, Block.Heading heading) =>
        Stem(chapter.Page.Path) + (heading.Title == chapter.Page.Title ? "" : $"#{OperationSection.Anchor(heading.Title)}");

    private static IEnumerable<Place> Traps =>
        from trap in Enum.GetValues<Trap>().Select(TrapTable.Of)
        let anchor = OperationSection.Anchor($"trap/{trap.Trap}")
        let codes = string.Join(' ', trap.Codes)
        select At(trap.Trap.ToString(), $"Trap {trap.Trap}", trap.Summary, "50-traps.md", anchor, $"{trap.Trap} trap", codes);

    private static IEnumerable<Place> Deviations =>
    [
        At("deviations", "Deviations", "Where machines differ: what each profile does, and why.", DeviationPage.Path, "", "deviations", ""),
        .. DecisionPoint.All.Select(Of), .. HostDeviation.All.Select(Of),
    ];

    // Where there are no chapters, there is no table of them.
    private static IEnumerable<Place> Helpers(Sequence<Chapter> chapters) =>
        from helper in HelperCatalogue.Declarations
        where !chapters.IsEmpty
        let page = HelperPage.AddressOf(helper).Split('#')
        select At(
            helper.Name,
            $"Helper {helper.Name}",
            helper.Summary,
            page[0],
            page[1],
            $"{helper.Name} bpf_{helper.Name} 0x{helper.Id:x} helper",
            "");

    private static IEnumerable<Place> Outside(Sequence<Chapter> chapters) =>
        from other in OutsideRfc.All
        where !chapters.IsEmpty
        select At(
            other.Word,
            $"Not in RFC 9669: {other.Name}",
            $"{other.Description} ({other.Origin}); instead: {other.Instead}",
            "60-validity.md",
            "instructions-outside-rfc-9669",
            $"{other.Name} {other.Word} {string.Join(' ', other.Opcodes.Select(opcode => $"0x{opcode:x2}"))}",
            "");

    private static Place Of(Operation operation)
    {
        var title = OperationSection.Title(operation);
        var names = operation.Forms.SelectMany(form => (string[])
        [
            form.Id, form.Id.Split('/')[1], form.Mnemonic, $"0x{form.Opcode:x2}", Both(form), .. KernelNames.Of(form),
        ]);
        return new(
            IdOf(operation),
            title,
            operation.Summary,
            $"{InstructionFamily.Of(operation).Path}#{OperationSection.Anchor(title)}",
            string.Join(' ', [title, IdOf(operation), .. names.Distinct(), .. OperatorOf(operation)]),
            string.Join(' ', [operation.Source.ToString(), .. operation.Traps.Select(trap => $"{trap} {TrapTable.Of(trap).Summary}")]));
    }

    private static Place Of(InstructionFamily family) => At(
        Stem(family.Path),
        family.Title,
        string.Join(", ", OperationTable.All.Where(family.Has).Select(OperationSection.Title)),
        family.Path,
        "",
        family.Title,
        PlainText.Of($"{family.Lead} {string.Join(' ', OperationTable.All.Where(family.Has).Select(operation => operation.Summary))}"));

    private static Place Of(DecisionPoint point)
    {
        var (number, kind, source, reason) = point.Deviation;
        return At(
            number,
            $"{number}: {point.Name}",
            $"{point.Name}: {point.Setting(Profile.Rbpf)}",
            DeviationPage.Path,
            OperationSection.Anchor(number),
            $"{number} {point.Name} {(kind is DeviationKind.Departs ? "departs" : "settles")}",
            $"{point.Question} {source} {point.Clause} {reason} {point.Setting(Profile.Rfc9669)}");
    }

    private static Place Of(HostDeviation deviation) => At(
        deviation.Number,
        $"{deviation.Number}: {deviation.Name}",
        $"{deviation.Name}: {deviation.Here}",
        DeviationPage.Path,
        OperationSection.Anchor(deviation.Number),
        $"{deviation.Number} {deviation.Name}",
        $"{deviation.Published} {deviation.Source} {deviation.Reason}");

    private static IEnumerable<Place> Of(Chapter chapter)
    {
        foreach (var requirement in chapter.Requirements)
        {
            yield return At(
                requirement.Id,
                $"{chapter.Page.Title}: {requirement.Id}",
                PlainText.Of(requirement.Text),
                chapter.Page.Path,
                OperationSection.Anchor(requirement.Id),
                requirement.Id,
                chapter.Page.Title);
        }

        foreach (var heading in chapter.Blocks.OfType<Block.Heading>())
        {
            var section = chapter.SectionOf(heading);
            var (prose, tables) = (TextOf(section, isTable: false), TextOf(section, isTable: true));
            var isTitle = heading.Title == chapter.Page.Title;
            yield return At(
                IdOf(chapter, heading),
                isTitle ? heading.Title : $"{chapter.Page.Title}: {heading.Title}",
                prose.Length > 0 ? prose : Listed(chapter, isTitle ? chapter.Blocks : section),
                chapter.Page.Path,
                isTitle ? "" : OperationSection.Anchor(heading.Title),
                $"{heading.Title} {IdOf(chapter, heading)}",
                tables);
        }
    }

    // Of a heading without a word of its own, what stands below it.
    private static string Listed(Chapter chapter, IEnumerable<Block> blocks) => string.Join(
        ", ",
        blocks.Select(block => block switch
        {
            Block.Binding(_, var requirement) => requirement.Id,
            Block.Heading(_, var title) => title == chapter.Page.Title ? "" : title,
            Block.Explanation => "",
        }).Where(text => text != ""));

    private static string TextOf(IEnumerable<Block> section, bool isTable) => PlainText.Of(string.Join(
        ' ', section.OfType<Block.Explanation>().Where(block => (block.Source[0] is '|' or '-') == isTable).Select(block => block.Source)));

    private static Place At(string id, string title, string line, string page, string anchor, string names, string text) =>
        new(id, title, line, anchor == "" ? page : $"{page}#{anchor}", names, text);

    private static string Stem(string path) => path[..^".md".Length];

    // sdiv64 of sdiv64-k and sdiv64-x.
    private static string Both(Form form) => form.Id[(form.Id.IndexOf('/', StringComparison.Ordinal) + 1)..] is var tail
        && (tail.EndsWith("-k", StringComparison.Ordinal) || tail.EndsWith("-x", StringComparison.Ordinal)) ? tail[..^2] : tail;

    // What LLVM writes between the operands, or before the second.
    private static IEnumerable<string> OperatorOf(Operation operation) => operation switch
    {
        AluOperation alu => [alu.Operator],
        JumpOperation jump => [jump.Operator, "goto"],
        AtomicOperation atomic => [atomic.Operator, "lock"],
        MemoryOperation or CallOperation or WideLoad or PacketLoad => [],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
