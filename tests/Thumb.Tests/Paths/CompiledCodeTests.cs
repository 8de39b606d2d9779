using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Paths;

namespace RbpfSpec.Thumb.Tests.Paths;

/// <summary>Functions that gcc compiled, for all values of their arguments.</summary>
[Trait("Needs", "solver")]
[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public sealed class CompiledCodeTests : Scratch
{
    private static readonly Term High = Make.Variable("high", 32);
    private static readonly Term Low = Make.Variable("low", 32);
    private static readonly Term Left = Make.Concatenate(High, Low);
    private static readonly Term Right = Make.Concatenate(Make.Variable("stack132", 32), Make.Variable("stack128", 32));

    private readonly Solving solving = new();

    [Theory]
    [InlineData("-Os", false)]
    [InlineData("-O2", false)]
    [InlineData("-O2", true)]
    public void The_conditions_of_an_interpreter_are_those_of_its_source(string level, bool joins)
    {
        var image = Compile(level);
        var opcode = Make.Variable("opcode", 8);
        var paths = Run(image, "jumps", joins, [opcode.ZeroExtended(32), Make.Constant(0, 32), Low, High]);
        paths.Count.ShouldBeGreaterThan(joins ? 0 : 11);
        foreach (var path in paths)
        {
            Returned(path);
            for (var code = 0; code < 14; code++)
            {
                if (code is 8 or 9) continue;
                Holds(path, opcode.Bits(4, 4).EqualTo((ulong)code)
                    .Implies(path.State.Registers[0].Term.DiffersFrom(0).EqualTo(Condition(code))));
            }
        }
    }

    [Theory]
    [InlineData("-Os", true)]
    [InlineData("-O3", true)]
    public void The_regions_of_an_interpreter_grant_what_its_source_says(string level, bool joins)
    {
        var image = Compile(level);
        var machine = MemoryObject.Place("machine");
        var paths = Run(image, "grants", joins, [machine, Make.Constant(0, 32), Low, High], new MemoryObject.Cells("machine", machine, WordCells.Variables(36, "m")));
        var (count, permission) = (Make.Variable("stack128", 32), Make.Variable("stack132", 32));
        var granted = Make.Any(Enumerable.Range(0, 4).Select(index => Granted(index, count, permission))) & High.EqualTo(0);
        foreach (var path in paths)
        {
            Returned(path);
            Holds(path, path.State.Registers[0].Term.DiffersFrom(0).EqualTo(granted));
        }
    }

    [Fact]
    public void A_function_is_called_by_contract()
    {
        var image = Compile("-Os");
        var quotient = Make.Variable("quotient", 32);
        var called = false;
        ThumbContract contract = state =>
        {
            called = true;
            return new(state.With(0, new TermWord(quotient)).With(1, new TermWord(quotient)), [quotient.Below(7)]);
        };
        var paths = Run(
            image, "compute", false, [Make.Constant(0x37, 32), Make.Constant(0, 32), Make.Constant(0, 32), Make.Constant(0, 32)], null,
            (image.Find("__aeabi_uldivmod").ShouldNotBeNull().Address, contract));
        called.ShouldBeTrue();
        paths.Where(path => path.State.Registers[0].Term == quotient).ShouldNotBeEmpty();
        foreach (var path in paths.Where(path => path.State.Registers[0].Term == quotient)) Holds(path, quotient.Below(7));
    }

    [Fact]
    public void What_is_no_code_and_what_never_ends_stops_a_path()
    {
        // b . and an undefined halfword
        ThumbCode code = new([new(0x8000, [0xfe, 0xe7, 0x00, 0xb6])]);
        ThumbExecutor executor = new(code, solving.Decider()) { MostSteps = 50 };
        executor.Run(0x8000, State([], []), executor.Assume().ShouldNotBeNull()).ShouldHaveSingleItem()
            .End.ShouldBeOfType<ThumbEnd.Stopped>().Reason.ShouldContain("50 instructions");
        executor.Run(0x8002, State([], []), executor.Assume().ShouldNotBeNull()).ShouldHaveSingleItem()
            .End.ShouldBeOfType<ThumbEnd.Stopped>().Address.ShouldBe(0x8002U);
        executor.Run(0x9000, State([], []), executor.Assume().ShouldNotBeNull()).ShouldHaveSingleItem()
            .End.ShouldBeOfType<ThumbEnd.Stopped>().Reason.ShouldContain("no code");
    }

    protected override void Dispose(bool disposing)
    {
        solving.Dispose();
        base.Dispose(disposing);
    }

    private static Term Condition(int code) => code switch
    {
        0 => Make.True,
        1 => Left.EqualTo(Right),
        2 => Right.Below(Left),
        3 => !Left.Below(Right),
        4 => (Left & Right).DiffersFrom(0),
        5 => Left.DiffersFrom(Right),
        6 => Right.BelowSigned(Left),
        7 => !Left.BelowSigned(Right),
        10 => Left.Below(Right),
        11 => !Right.Below(Left),
        12 => Left.BelowSigned(Right),
        _ => !Right.BelowSigned(Left),
    };

    private static Term Granted(int index, Term count, Term permission)
    {
        Term Field(int offset) => Make.Variable($"m{96 + (12 * index) + offset}", 32);
        return !(Field(4) - count).Below(Low - Field(0)) & !Field(4).Below(count) & (Field(8) & permission).DiffersFrom(0);
    }

    private static void Returned(ThumbPath path)
    {
        path.End.ShouldBeOfType<ThumbEnd.Left>(path.End.ToString()).Target.ShouldBe(Make.Concatenate(Make.Variable("caller", 31), Make.Constant(1, 1)) & Make.Constant(0xfffffffe, 32));
        path.State.Registers[13].ShouldBe(new TermWord(MemoryObject.Place("stack") + 128));
        for (var register = 4; register < 12; register++) path.State.Registers[register].ShouldBe(TermWord.Variable($"r{register}", Width.Bits32));
    }

    private void Holds(ThumbPath path, Term claim) => solving.Solver
        .Solve(new Question([.. path.Condition.Terms, !claim]).Script, TimeSpan.FromSeconds(60)).ShouldBeOfType<Reply.Unsatisfiable>();

    private Sequence<ThumbPath> Run(
        ElfImage image, string function, bool joins, Term[] arguments, MemoryObject? other = null,
        params (uint Address, ThumbContract Contract)[] contracts)
    {
        ThumbExecutor executor = new(image.Code, solving.Decider())
        {
            Joins = joins,
            Contracts = [.. contracts.Select(pair => KeyValuePair.Create(pair.Address, pair.Contract))],
        };
        IEnumerable<MemoryObject> objects = image.Sections.Select(section => new MemoryObject.Constants(section.Name, section.Block.Start, section.Block.Bytes));
        var state = State(arguments, other is null ? [.. objects] : [.. objects, other]);
        return executor.Run(image.Find(function).ShouldNotBeNull().Address, state, executor.Assume().ShouldNotBeNull());
    }

    private static ArmState<TermWord> State(Term[] arguments, Sequence<MemoryObject> objects)
    {
        var stack = MemoryObject.Place("stack");
        var registers = Sequence.Generate(15, number => number < arguments.Length
            ? new TermWord(arguments[number])
            : TermWord.Variable($"r{number}", Width.Bits32))
            .With(13, new TermWord(stack + 128))
            .With(14, new TermWord(Make.Concatenate(Make.Variable("caller", 31), Make.Constant(1, 1))));
        return new(
            registers,
            new(Flag("n"), Flag("z"), Flag("c"), Flag("v")),
            new ThumbMemory(objects.Add(new MemoryObject.Cells("stack", stack, WordCells.Variables(64, "stack")))));
    }

    private static Truth<TermWord> Flag(string name) => TermTruths.Of(Make.Variable(name, Sort.Truth));

    private ElfImage Compile(string level)
    {
        CrossTools.Run(
            "gcc", "-mcpu=cortex-m4", "-mthumb", level, "-ffreestanding", "-nostdlib", "-Wl,--entry=run,-Ttext=0x8000", "-o", At("code.elf"),
            Path.Combine(Repository.Root, "tests", "Shared", "interpreter.c"), "-lc", "-lgcc");
        return ElfImage.Of(File.ReadAllBytes(At("code.elf"))).ShouldBeOfType<ElfReading.Read>().Image;
    }
}
