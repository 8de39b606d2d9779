using System.Globalization;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Running;

namespace RbpfSpec.Translation.Tests.Running;

public sealed class HybridMachineTests : Scratch
{
    private const int AtATime = 2000;

    [Fact]
    public void Random_programs_end_as_under_the_rules()
    {
        for (var number = 0UL; number < 200; number++)
        {
            var (program, start) = RandomPrograms.Draw(number);
            var (native, _) = Translator.Translate(program);

            var end = new HybridMachine(program, native).Run(start, most: 100_000, out _, out var problem);

            problem.ShouldBeNull($"program {number} of seed {RandomPrograms.Seed}");
            end.ShouldNotBeNull().ShouldEndAs(RandomPrograms.Reference(program, start), number);
        }
    }

    [Fact]
    public void Fletcher32_takes_fewer_than_three_instructions_for_one_of_the_program()
    {
        var (program, start) = Fletcher();
        var (native, _) = Translator.Translate(program);

        var end = new HybridMachine(program, native).Run(start, most: 100_000, out var executed, out _);

        end.ShouldBeOfType<Outcome<Word>.Exited>().Result.Value.ShouldBe(0x5bac8c3dUL);
        (executed / 1473.0).ShouldBeLessThan(3);
        ((double)native.Code.Length / program.Program.Length).ShouldBeLessThan(10);
    }

    // How many: RBPFSPEC_NATIVE_PROGRAMS; 200 unless given.
    [Fact]
    [Trait("Needs", "compiler")]
    public void So_do_they_on_the_emulated_processor()
    {
        var count = ulong.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_NATIVE_PROGRAMS") ?? "200", CultureInfo.InvariantCulture);
        var processor = new EmulatedProcessor(Folder);
        for (var first = 0UL; first < count; first += AtATime)
        {
            RunAll(processor, [.. Enumerable.Range(0, (int)Math.Min(AtATime, count - first)).Select(i => new Run(first + (ulong)i))]);
        }
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void Signed_quotients_and_remainders_on_the_emulated_processor_are_those_of_the_rules()
    {
        ulong[] edges =
            [0, 1, 2, 7, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, (1UL << 63) + 1, ulong.MaxValue, ulong.MaxValue - 6];
        List<Run> runs = [];
        foreach (var operation in (string[])["sdiv %r0, %r2", "smod %r0, %r2", "sdiv %r0, -1", "smod %r0, -1", "sdiv %r0, -2147483648"])
        {
            // With nothing to divide by, or to leave, the machine's own loop does it, or traps.
            var program = CallPrograms.Assemble($"mov %r0, %r1\nmov %r6, %r2\n{operation}\nadd %r6, %r0\nexit");
            foreach (var dividend in edges)
            {
                foreach (var divisor in edges) runs.Add(new(program, CallPrograms.Start(dividend, second: divisor), (ulong)runs.Count));
            }
        }

        RunAll(new EmulatedProcessor(Folder), runs);

        // All are entered once; without a zero divisor nothing comes back before the last instruction.
        runs.Count(run => run.Turns == 1 && run.Turn.End is Outcome<Word>.Exited).ShouldBe((5 * 121) - (2 * 11));
        runs.Count(run => run.Turn.End is Outcome<Word>.Trapped { Trap: Trap.DivisionByZero }).ShouldBe(2 * 11);
    }

    [Theory]
    [Trait("Needs", "compiler")]
    [InlineData("fletcher32", "-DARGUMENT=CONTEXT", "-DEXPECTED=0x5bac8c3d", "-DLEFT=18")]
    [InlineData("local calls", "-DARGUMENT=7", "-DEXPECTED=13", "-DLEFT=138")]
    public void The_machine_in_C_runs_a_program_by_its_native_code_and_without_it(string name, params string[] choices)
    {
        var program = name == "fletcher32" ? Fletcher().Program : CallPrograms.Fibonacci;
        Write("program", program.Program.ToBytes());
        Write("input", File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "fletcher32.input")));
        Write("code", Translator.Translate(program).Program.ToBytes());
        var device = Path.Combine(Repository.Root, "device");
        var firmware = Path.Combine(Repository.Root, "tests", "Translation.Tests", "Firmware");
        CrossTools.Run(
            "gcc",
            [
                "-std=c11", "-mcpu=cortex-m4", "-mthumb", "-Os", "-ffreestanding", "-nostdlib", "-DRBPF_NATIVE=1", .. choices,
                $"-Wa,-I{Folder}", "-I", device, "-I", Path.Combine(device, "firmware"), "-T", Path.Combine(device, "firmware", "mps2.ld"),
                Path.Combine(device, "firmware", "start.S"), Path.Combine(device, "firmware", "memory.c"),
                Path.Combine(firmware, "data.S"), Path.Combine(firmware, "hybrid.c"), Path.Combine(device, "rbpf_native.c"),
                Path.Combine(device, "rbpf_check.c"), "-lgcc", "-o", At("hybrid.elf"),
            ]);

        CrossTools.Emulate(At("hybrid.elf"), Folder);
    }

    private static void RunAll(EmulatedProcessor processor, IReadOnlyList<Run> runs)
    {
        while (runs.Where(run => run.Turn.End is null).ToArray() is { Length: > 0 } open)
        {
            var states = processor.Call([.. open.Select(run => (run.Machine, run.Turn, run.Native))]);
            for (var i = 0; i < open.Length; i++) open[i].GoOn(states[i]);
        }

        foreach (var run in runs) run.Turn.End!.ShouldEndAs(RandomPrograms.Reference(run.Program, run.Start), run.Number);
    }

    private static (CheckedProgram Program, State<Word> Start) Fletcher()
    {
        var image = ImageFile.Read(Repository.Example("fletcher32"), new ImageOptions()).ShouldBeOfType<ImageResult.Loaded>().Image;
        var program = image.Check(Admission.Of(Profile.Rbpf, []), out _).ShouldNotBeNull();
        var input = File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "fletcher32.input"));
        return (program, (image.Start(Profile.Rbpf) with { Context = Sequence.Of<byte>(input) }).State());
    }

    private sealed class Run
    {
        public Run(ulong number)
            : this(RandomPrograms.Draw(number), number)
        {
        }

        public Run(CheckedProgram program, State<Word> start, ulong number)
            : this((program, start), number)
        {
        }

        private Run((CheckedProgram Program, State<Word> Start) drawn, ulong number)
        {
            Number = number;
            (Program, Start) = drawn;
            Native = Translator.Translate(Program).Program;
            Machine = new HybridMachine(Program, Native);
            Turn = Machine.Begin(Start);
        }

        public HybridMachine Machine { get; }

        public ulong Number { get; }

        public CheckedProgram Program { get; }

        public State<Word> Start { get; }

        public NativeProgram Native { get; }

        public HybridMachine.Turn Turn { get; private set; }

        public int Turns { get; private set; }

        public void GoOn(byte[] bytes)
        {
            Turn = Machine.After(Turn, bytes);
            Turns++;
        }
    }
}
