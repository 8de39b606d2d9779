using RbpfSpec.Host;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Front.Tests;

/// <summary>Programs by the front: loaded, run, analysed, embedded.</summary>
public sealed class RbpfProgramTests
{
    // 42 lies in the data of the object that the text makes, 7 in what is found first if none of it is mapped.
    private const string WithData = """
            .text
            r1 = answer ll
            r0 = *(u32 *)(r1 + 4)
            exit
            .section .rodata,"a",@progbits
        answer:
            .long 7
            .long 42
        """;

    private const string Division = "mov32 %r0, 7\nmov32 %r1, 0\ndiv32 %r0, %r1\nexit";

    [Fact]
    public void A_run_has_a_result_its_steps_and_the_context_after_it()
    {
        var run = Assembled("ldxb %r0, [%r1]\nadd %r0, 1\nstxb [%r1+1], %r0\nexit").Run([41, 0, 3]);

        run.End.ShouldBe(new RunEnd.Exited(42));
        run.Instructions.ShouldBe(4UL);
        run.Context.ShouldBe([41, 42, 3]);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_trap_is_reported_where_it_happened_and_does_not_count_as_executed()
    {
        var run = Assembled(Division).Run();

        var report = run.End.ShouldBeOfType<RunEnd.Trapped>().Report;
        (report.Trap, report.ProgramCounter).ShouldBe((Trap.DivisionByZero, 2UL));
        run.Instructions.ShouldBe(2UL);
    }

    [Fact]
    public void The_profile_asked_for_is_the_one_that_runs()
    {
        var program = Assembled(Division, new() { Profile = Profile.Rfc9669 });

        program.Profile.ShouldBe(Profile.Rfc9669);
        program.Run().End.ShouldBe(new RunEnd.Exited(0));
    }

    [Fact]
    public void The_data_of_a_program_is_there_on_the_semantics_and_on_the_fast_machine()
    {
        var program = Assembled(WithData);

        program.Run().End.ShouldBe(new RunEnd.Exited(42));
        program.Embed().Run([]).ShouldBe(new RunResult(null, 42, 3));
    }

    [Fact]
    public void Two_machines_of_a_program_share_no_data()
    {
        var program = Assembled(WithData.Replace(".rodata,\"a\"", ".data,\"aw\"", StringComparison.Ordinal)
            .Replace("exit", "*(u32 *)(r1 + 4) = 9\n    exit", StringComparison.Ordinal));
        var first = program.Embed();

        first.Run([]).Result.ShouldBe(42UL);
        first.Run([]).Result.ShouldBe(9UL, "what a run writes lasts on its machine");
        program.Embed().Run([]).Result.ShouldBe(42UL);
    }

    [Theory]
    [InlineData("bubble_sort")]
    [InlineData("increment")]
    public void Semantics_and_fast_machine_agree_on_examples(string name)
    {
        var program = Loaded(Repository.Example(name));
        byte[] context = [9, 3, 7, 1, 0, 0, 0, 5];

        var run = program.Run(context);
        var result = program.Embed().Run(context);

        run.End.ShouldBe(new RunEnd.Exited(result.Result));
        run.Context.ShouldBe(context);
    }

    [Fact]
    public void Texts_that_a_program_prints_are_told() =>
        Loaded(Repository.Example("greeting")).Run([5, 0, 0, 0]).Output.ShouldBe(["greeting 1 of reader 5\n"]);

    [Fact]
    public void A_program_that_calls_what_is_not_granted_is_rejected_with_the_place()
    {
        var result = RbpfProgram.Load(Repository.Example("storage"), new() { Helpers = [] });

        result.ShouldBeOfType<LoadResult.Rejected>().Problems[0].Check.ShouldBe("helper");
        RbpfProgram.Load(Repository.Example("storage")).ShouldBeOfType<LoadResult.Accepted>();
    }

    [Fact]
    public void Bytes_that_are_no_program_are_told_apart_from_one_that_is_rejected()
    {
        RbpfProgram.Load([0x7f, (byte)'E', (byte)'L', (byte)'F']).ShouldBeOfType<LoadResult.Malformed>();
        RbpfProgram.Load([0xff, 0, 0, 0, 0, 0, 0, 0]).ShouldBeOfType<LoadResult.Rejected>();
        RbpfProgram.Assemble("mov %r0").ShouldBeOfType<LoadResult.Malformed>().Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_function_to_start_at_can_be_chosen()
    {
        var result = RbpfProgram.Load(Repository.Example("field"), new() { Function = "no_such_function" });

        result.ShouldBeOfType<LoadResult.Malformed>().Problems[0].ShouldContain("no_such_function");
        RbpfProgram.Load(Repository.Example("field"), new() { Function = "field" }).ShouldBeOfType<LoadResult.Accepted>();
    }

    [Fact]
    public void Helpers_of_the_embedder_are_called_by_the_fast_machine()
    {
        var answer = new Helper(0x77, "answer", "The answer.", []);
        var program = Assembled("call 0x77\nexit", new() { Helpers = [answer] });

        program.Embed(new() { Helpers = [new VmHelper(answer, static _ => 42)] }).Run([]).Result.ShouldBe(42UL);
    }

    [Fact]
    public void An_analysis_proves_what_the_length_of_the_context_grants_and_tells_what_is_open()
    {
        var program = Loaded(Repository.Example("increment"));

        var proved = program.Analyse(leastContext: 8);
        var open = program.Analyse();

        (proved.IsProved, proved.Open.Count).ShouldBe((true, 0));
        proved.Branches.ShouldBe(0UL);
        open.IsProved.ShouldBeFalse();
        open.Sites.ShouldBeGreaterThanOrEqualTo(open.Open.Count);
        open.Open[0].Trap.ShouldBe(Trap.MemoryAccess);
        open.Open[0].Lack.ShouldNotBe("");
    }

    [Fact]
    public void A_division_by_a_known_zero_is_certain_to_trap() =>
        Assembled(Division).Analyse().Open.Single().ShouldSatisfyAllConditions(
            site => (site.Slot, site.Trap, site.IsCertain).ShouldBe((2, Trap.DivisionByZero, true)));

    [Fact]
    public void The_helpers_granted_unless_said_otherwise_are_those_of_a_machine_without_a_device() =>
        new LoadOptions().Helpers.Map(helper => helper.Id).ShouldBe(DefaultHost.Ids);

    private static RbpfProgram Assembled(string source, LoadOptions? options = null) => Accepted(RbpfProgram.Assemble(source, options));

    private static RbpfProgram Loaded(byte[] file) => Accepted(RbpfProgram.Load(file));

    private static RbpfProgram Accepted(LoadResult result) => result switch
    {
        LoadResult.Accepted(var program) => program,
        LoadResult.Rejected(var problems) => throw new InvalidOperationException(problems[0].ToString()),
        LoadResult.Malformed(var problems) => throw new InvalidOperationException(problems[0]),
    };
}
