using System.Globalization;
using System.Text.Json;
using RbpfSpec.Fuzzing;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Device.Tests;

/// <summary>The machine in C and the reference machine on the same programs: which are refused, and how the others end.</summary>
[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public sealed class AgreementTests(DeviceBuild build) : IClassFixture<DeviceBuild>
{
    private const ulong Seed = 15;
    private const int Programs = 2_000;

    // Every choice that rbpf_config.h has, made otherwise than by the profile rbpf.
    private const string StrictOptions = "-DRBPF_ZERO_DIVISOR_TRAPS=0 -DRBPF_SIGNED_OVERFLOW_TRAPS=1 -DRBPF_LARGE_SHIFT_TRAPS=1 "
        + "-DRBPF_ALIGNMENT_IS_NATURAL=1 -DRBPF_FRAME_POINTER_IS_WRITABLE=1 -DRBPF_RESERVED_FIELDS_ARE_IGNORED=1 -DRBPF_LAST_IS_EXIT=1";

    private static readonly Profile Strict = Profile.Rbpf with
    {
        Name = "strict",
        ZeroDivisor = ZeroDivisor.Yields,
        SignedOverflow = SignedOverflow.Traps,
        LargeShift = LargeShift.Traps,
        Alignment = Alignment.Natural,
        FramePointer = FramePointer.Writable,
        ReservedFields = ReservedFields.Ignored,
        LastInstruction = LastInstruction.Exit,
    };

    [Theory]
    [InlineData("small", false)]
    [InlineData("fast", false)]
    [InlineData("small", true)]
    [InlineData("fast", true)]
    [InlineData("small", false, true)]
    [InlineData("fast", false, true)]
    public void Programs_end_alike_in_every_register_the_pc_the_budget_and_memory(string machine, bool isStrict, bool isEmulated = false)
    {
        var profile = isStrict ? Strict : Profile.Rbpf;
        var setting = new Setting(profile, HostState<Word>.Bare);
        List<(byte[] Code, byte[] Memory)> cases = [.. Enumerable.Range(0, Programs)
            .Select(number => PlainCase.Draw(setting, Seed, (ulong)number).First())
            .Select(drawn => (drawn.Code.ToArray(), drawn.Memory.ToArray()))];

        Compare(machine, profile, cases, isEmulated).ShouldBeGreaterThan(Programs / 2, "programs that are not refused");
    }

    [Theory]
    [InlineData("small", false)]
    [InlineData("fast", false)]
    [InlineData("small", true)]
    public void The_preflight_refuses_the_same_of_mutated_and_random_programs(string machine, bool isStrict)
    {
        var profile = isStrict ? Strict : Profile.Rbpf;
        var setting = new Setting(profile, HostState<Word>.Bare);
        var random = new Random((int)Seed);
        List<(byte[] Code, byte[] Memory)> cases = [];
        for (var number = 0; number < Programs; number++)
        {
            var code = PlainCase.Draw(setting, Seed + 1, (ulong)number).First().Code.ToArray();
            for (var times = random.Next(3); times >= 0 && code.Length > 0; times--) Mutate(code, random);
            cases.Add((code, []));
        }

        // Each opcode with fields at random, most of them small, before an EXIT; and programs of any length.
        for (var number = 0; number < 16 * 256; number++)
        {
            var code = new byte[random.Next(2, 4) * Slot.Size];
            code[0] = (byte)number;
            code[1] = (byte)(random.Next(13) | (random.Next(4) == 0 ? random.Next(13) << 4 : 0));
            if (random.Next(3) == 0) code[2] = (byte)(random.Next(3) == 0 ? random.Next() : 8 * random.Next(5));
            if (random.Next(2) == 0) code[4] = (byte)(random.Next(2) == 0 ? random.Next() : 16 << random.Next(3));
            code[^8] = 0x95;
            cases.Add((code, []));
        }

        for (var length = 0; length < 40; length++) cases.Add((new byte[length], []));
        Compare(machine, profile, cases).ShouldBeGreaterThan(100, "programs that are not refused");
    }

    private static void Mutate(byte[] code, Random random)
    {
        var at = random.Next(code.Length);
        code[at] = random.Next(3) switch
        {
            0 => (byte)random.Next(),
            1 => (byte)(code[at] ^ (1 << random.Next(8))),
            _ => 0,
        };
    }

    // How many programs run.
    private int Compare(string machine, Profile profile, List<(byte[] Code, byte[] Memory)> cases, bool isEmulated = false)
    {
        var file = isEmulated ? $"qemu-{machine}.elf" : $"peer-{machine}";
        build.Make($"{{build}}/{file}", profile == Strict ? StrictOptions : "");
        var answers = build.Answers(isEmulated ? build.Command($"run-{machine}") : $"'{build.PathOf(file)}'", cases.Select(one =>
            $$"""{"program":"{{Convert.ToHexStringLower(one.Code)}}","memory":"{{Convert.ToHexStringLower(one.Memory)}}"}"""));
        answers.Length.ShouldBe(cases.Count);

        var running = 0;
        for (var number = 0; number < cases.Count; number++)
        {
            var expected = Expected(cases[number].Code, cases[number].Memory, profile);
            using var document = JsonDocument.Parse(answers[number]);
            Told(document.RootElement).ShouldBe(
                expected, $"program {number} of seed {Seed}: {Convert.ToHexStringLower(cases[number].Code)}");
            if (expected != "rejected") running++;
        }

        File.Delete(build.PathOf(file));
        return running;
    }

    private static string Expected(byte[] code, byte[] memory, Profile profile)
    {
        if (CheckedProgram.Check(code, 0, Admission.Of(profile, []), out _) is not { } program) return "rejected";
        var start = new Start(profile) { Context = Sequence.Of<byte>(memory) };
        var outcome = new ConcreteMachine(program).Run(start.State());
        var state = outcome.State;
        var branches = ((Allowance<Word>.Remaining)state.Budget.Branches).Count.Value;
        var context = state.Memory.Regions.FirstOrDefault(region => region.Start.Value == AddressSpace.Context);
        var bytes = context is null ? "" : Convert.ToHexStringLower([.. Enumerable.Range(0, memory.Length)
            .Select(at => (byte)context.Bytes.Read(Word.Of((ulong)at), Width.Bits8).Value)]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(outcome as Outcome<Word>.Trapped)?.Trap} pc {state.ProgramCounter.Value} branches {branches} {Registers(state)} "
            + $"memory {bytes}");
    }

    private static string Registers(State<Word> state) =>
        string.Join(' ', Enumerable.Range(0, Registers<Word>.Count).Select(number => $"0x{state.Registers[number].Value:x}"));

    private static string Told(JsonElement answer)
    {
        if (answer.TryGetProperty("rejected", out _)) return "rejected";
        var trap = answer.TryGetProperty("trap", out var named) ? named.GetString() : "";
        return $"{trap} pc {answer.GetProperty("pc")} branches {answer.GetProperty("branches")} "
            + $"{string.Join(' ', answer.GetProperty("registers").EnumerateArray().Select(value => value.GetString()))} "
            + $"memory {answer.GetProperty("memory").GetString()}";
    }
}
