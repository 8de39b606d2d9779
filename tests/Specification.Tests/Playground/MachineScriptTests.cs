using RbpfSpec.Conformance;
using RbpfSpec.Fuzzing;
using RbpfSpec.Host;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Tests.Site;
using FuzzSetting = RbpfSpec.Fuzzing.Setting;

namespace RbpfSpec.Specification.Tests.Playground;

/// <summary>The playground's machine, run in a browser beside the reference machine.</summary>
[Collection(SiteReaders.Name)]
[Trait("Needs", "browser")]
public sealed class MachineScriptTests(BuiltSite site)
{
    private const ulong Seed = 17;
    private const string Check = "cases.check(JSON.parse(json))";

    // As many more as RBPFSPEC_PLAYGROUND_PROGRAMS says.
    private static readonly ulong Programs =
        ulong.TryParse(Environment.GetEnvironmentVariable("RBPFSPEC_PLAYGROUND_PROGRAMS"), out var count) ? count : 2000;

    [Fact]
    public async Task Every_vector_of_the_suite_ends_in_the_state_that_it_states()
    {
        var page = await site.Compare();
        var suite = Path.Combine(Repository.Root, "spec/vectors/vectors.json");
        await page.AddScriptTagAsync(new() { Content = $"globalThis.written = {(await File.ReadAllTextAsync(suite)).Trim()};" });

        (await page.EvaluateAsync<string[]>("cases.check(cases.ofSuite(written))")).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("cases.ofSuite(written).length")).ShouldBe(Repository.Vectors.Count(
            vector => vector.Expectation is not Expectation.Refuses));
    }

    [Theory]
    [InlineData("rbpf")]
    [InlineData("rfc9669")]
    public async Task Every_vector_that_runs_ends_as_on_the_reference_machine_trap_in_words_included(string name)
    {
        var profile = Profile.All.Single(profile => profile.Name == name);
        var machine = new VectorMachine(profile);
        var cases =
            from vector in Repository.Vectors
            let code = ((VectorProgram.Code)vector.Program).Bytes
            let rules = Admission.Of(profile, profile.Callable(DefaultHost.Ids, vector.Setting.Helpers))
            let program = CheckedProgram.Check(code.AsSpan(), vector.Setting.Entry, rules, out _, most: 1)
            where program is not null
            let ran = PlaygroundCase.Of(vector.Name, program, machine.Start(vector.Memory, vector.Setting))
            where ran is not null
            select ran;

        (await (await site.Compare()).Ask(Check, cases)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rbpf")]
    [InlineData("rfc9669")]
    public async Task Generated_programs_end_as_on_the_reference_machine(string name)
    {
        var setting = FuzzSetting.Of(Profile.All.Single(profile => profile.Name == name));
        List<PlaygroundCase> cases = [];
        for (ulong number = 0; number < Programs; number++)
        {
            var drawn = FuzzCase.Draw(setting, Seed, number, out var program);
            if (PlaygroundCase.Of($"seed {Seed}, program {number}", program, drawn.State()) is { } ran) cases.Add(ran);
        }

        cases.Count.ShouldBeGreaterThan((int)Programs * 9 / 10);
        (await (await site.Compare()).Ask(Check, cases)).ShouldBeEmpty();
    }

    // Arguments that are right, that are edges, and that are wrong; formats and numbers for those that print.
    [Fact]
    public async Task Each_helper_does_what_the_host_of_the_semantics_does()
    {
        var dice = new Dice(Seed);
        List<PlaygroundCase> cases = [];
        foreach (var helper in HelperCatalogue.All)
        {
            for (var i = 0; i < 40; i++)
            {
                var (program, state) = Calls(helper, dice);
                cases.Add(PlaygroundCase.Of($"{helper.Declaration.Name} {i}, seed {Seed}", program, state).ShouldNotBeNull());
            }
        }

        cases.Select(each => each.Expected.ContainsKey("trap")).Distinct().Count().ShouldBe(2);
        (await (await site.Compare()).Ask(Check, cases)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sensors_are_found_read_and_set_as_on_a_device()
    {
        var page = await site.Compare();
        var sensors = (Sequence<Sensor>)
        [
            new("thermometer", 0x82, new(2, -1250, 30000, 0, 2, -2)), new("broken", 0x83, null), new("lamp", 0x41, null, IsActuator: true),
        ];
        ulong[][] calls =
        [
            [0x30, 0], [0x30, 2], [0x30, 3], [0x31, 0x83], [0x31, 0x99], [0x32, 1, 0x20000000], [0x34, 1, 0x20000000],
            [0x32, 3, 0x20000000], [0x33, 1, 0x20000000], [0x33, 2, 0x20000000], [0x32, 2, 0x20000000], [0x32, 9, 0x20000000],
        ];
        var data = HostData<Word>.Empty with { Facilities = Facilities.None with { Sensors = sensors } };
        var host = DefaultHost.Granting([]) with { Data = data, Helpers = HelperCatalogue.All };
        var state = new Start(Profile.Rbpf) { Context = Sequence.Of<byte>([1, 2, 3, 4, 5, 6, 7, 8]), Host = host }.State();
        List<string> wanted = [];
        foreach (var call in calls)
        {
            var program = Program.Of((Sequence<Instruction>)
                [Instruction.Of(Form("jmp/call-helper"), immediate: (int)call[0]), Instruction.Of(Form("jmp/exit"))]);
            for (var i = 1; i < call.Length; i++) state = state with { Registers = state.Registers.With(i, Word.Of(call[i])) };
            state = new ReferenceMachine(program, Profile.Rbpf).Step(state with { ProgramCounter = Word.Of(0) }).State;
            var memory = Snapshot.Of(state).Memory[1].Bytes;
            wanted.Add($"{state.Registers[0].Value} {Convert.ToHexStringLower(memory.AsSpan())}");
        }

        var found = await page.EvaluateAsync<string[]>(
            """
            calls => {
              const reading = (dimensions, text) => ({ dimensions, bytes: Uint8Array.from(text.match(/../g), pair => parseInt(pair, 16)) });
              const sensors = [
                { type: 0x82, reading: reading(2, "1efb3075000002fe"), isActuator: false },
                { type: 0x83, reading: null, isActuator: false },
                { type: 0x41, reading: null, isActuator: true },
              ];
              let host = playground.host({ sensors }), context = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
              return calls.map(([id, ...given]) => {
                const registers = [0, 1, 2, 3, 4].map(i => BigInt(given[i] || 0));
                const { declared } = playground.profiles.get("rbpf").helpers[id];
                const views = declared.arguments.map(([use]) => use === "number" ? null : context.slice());
                const { result, host: after, writes } = playground.helpers[id]({ registers, views, host });
                host = after || host;
                for (const [, bytes] of writes || []) context.set(bytes);
                return `${result} ${[...context].map(byte => byte.toString(16).padStart(2, "0")).join("")}`;
              });
            }
            """,
            calls.Select(call => call.Select(value => (double)value).ToArray()).ToArray());

        found.ShouldBe(wanted);
    }

    [Fact]
    public async Task A_wrong_rule_is_noticed()
    {
        var page = await site.Compare();
        await page.EvaluateAsync(
            """
            () => {
              const { rules } = playground.profiles.get("rbpf").rbpf, right = rules["alu/add64-x"];
              globalThis.mend = () => { rules["alu/add64-x"] = right; };
              rules["alu/add64-x"] = (s, f) => { const result = right(s, f); result.next.registers[0][1] ^= 1n; return result; };
            }
            """);
        var setting = FuzzSetting.Of(Profile.Rbpf);
        var cases =
            from number in Enumerable.Range(0, 200)
            let drawn = FuzzCase.Draw(setting, Seed, (ulong)number, out var program)
            let ran = PlaygroundCase.Of($"{number}", CheckedProgram.Check(drawn.Program, 0, setting.Rules, out _)!, drawn.State())
            where ran is not null
            select ran;

        var found = await page.Ask(Check, cases);
        await page.EvaluateAsync("mend()");

        found.ShouldNotBeEmpty();
    }

    private static (CheckedProgram Program, State<Word> State) Calls(HelperFunction<Word> helper, Dice dice)
    {
        const ulong Context = AddressSpace.Context;
        byte[] context =
        [
            .. System.Text.Encoding.Latin1.GetBytes(dice.Pick(
                "%d of %u: %x\0", "%08lx|%p|%5d\0", "%c%%%X%z\0", "%123u %lld\0", "no zero byte at the end %", "\0", "%i%i%i%i%i")),
            .. dice.Bytes(dice.Between(1, 12)),
        ];
        var end = Context + (ulong)context.Length;
        List<Instruction> body = [];
        for (var number = 1; number <= 5; number++)
        {
            var value = dice.Pick<ulong>(
                Context, Context, Context + (ulong)dice.Between(0, context.Length), end - 4, AddressSpace.Stack + 16, 0, 1, 7, 40,
                0xfff9, ulong.MaxValue, dice.Next(), (ulong)context.Length);
            body.Add(Instruction.Of(Form("imm/lddw"), new((byte)number), default, 0, (int)value, (int)(value >> 32)));
        }

        for (var i = 0; i < dice.Between(1, 3); i++)
        {
            body.Add(Instruction.Of(Form("jmp/call-helper"), immediate: (int)helper.Declaration.Id));
            body.Add(Instruction.Of(Form("alu/add64-k"), new(1), immediate: dice.Pick(0, 0, 1, 4)));
        }

        body.Add(Instruction.Of(Form("jmp/exit")));
        var program = CheckedProgram.Check(
            Program.Of(body.ToSequence()), 0, Admission.Of(Profile.Rbpf, [helper.Declaration.Id]), out var problems);
        problems.ShouldBeEmpty();
        var now = dice.Pick<ulong>(0, 12_345, 0x1_0000_0005);
        var data = HostData<Word>.Empty with
        {
            Milliseconds = Word.Of(now),
            Facilities = Facilities.None with { Microseconds = 1000 * now },
        };
        var host = DefaultHost.Granting([]) with { Data = data, Helpers = [helper], Known = HelperCatalogue.Declarations };
        return (program!, new Start(Profile.Rbpf) { Context = Sequence.Of<byte>(context), Host = host }.State());
    }

    private static Form Form(string id) => OperationTable.Forms.Single(form => form.Id == id);
}
