namespace RbpfSpec.Cli.Tests.Commands.Native;

[Trait("Needs", "solver")]
public class CompileCommandTests : Scratch
{
    private string[] Line(string program) =>
        ["compile", program, "--target", "thumbv7em", "-o", At("native"), "--certificate", At("certificate")];

    [Fact]
    public void Writes_native_code_that_is_proved()
    {
        var program = Write("seven.s", "mov %r0, 7\nexit\n");

        Rbpf.Run(Line(program)).Holds().ShouldMatch(
            @"^proved: 2 places in the code, by \d+ questions to the solver\n\d+ bytes of native code for 2 slots, ");

        Rbpf.Run(["validate", program, At("native"), At("certificate")]).Holds().ShouldStartWith("proved: 2 places");
    }

    [Fact]
    public void Writes_nothing_of_a_program_that_is_rejected()
    {
        Rbpf.Run(Line(Write("open.s", "mov %r0, 7\n"))).ExitCode.ShouldBe(1);

        File.Exists(At("native")).ShouldBeFalse();
        File.Exists(At("certificate")).ShouldBeFalse();
    }

    [Fact]
    public void A_target_that_does_not_exist_is_answered_by_the_one_that_does()
    {
        Rbpf.Run(["compile", "any.s", "--target", "nope", "-o", At("native"), "--certificate", At("certificate")])
            .IsUsage("--target 'nope' does not exist; expected thumbv7em or cil (see 'rbpf compile --help')");
    }

    [Fact]
    public void Proves_the_CIL_of_a_program_and_writes_its_assembly()
    {
        var program = Write("sum.s", "loop: ldxb %r3, [%r1]\nadd %r0, %r3\nadd %r1, 1\nadd %r2, -1\njne %r2, 0, loop\nexit\n");

        Rbpf.Run(["compile", program, "--target", "cil", "-o", At("sum.dll")]).Holds().ShouldMatch(
            @"^proved: 6 instructions, \d+ obligations, \d+ of them by the solver\n\d+ bytes of assembly for 6 slots\n$");

        System.Reflection.AssemblyName.GetAssemblyName(At("sum.dll")).Name.ShouldBe("program");
    }

    [Fact]
    public void Proves_the_CIL_that_relies_on_a_certificate()
    {
        var program = Write(
            "sum.s", "mov %r3, 0\nloop: mov %r4, %r1\nadd %r4, %r3\nldxb %r5, [%r4]\nadd %r0, %r5\nadd %r3, 1\njlt %r3, 8, loop\nexit\n");
        Rbpf.Run(["analyze", program, "--context", "8..64", "--certificate", At("sum.json")]).Holds();

        Rbpf.Run(["compile", program, "--target", "cil", "--validate", "--certificate", At("sum.json")]).Holds().ShouldMatch(
            @"^proved: 8 instructions, \d+ obligations, \d+ of them by the solver, with contexts of 8..64 bytes\n$");

        var other = Write("other.s", "mov %r0, 7\nexit\n");
        Rbpf.Run(["compile", other, "--target", "cil", "--validate", "--certificate", At("sum.json")]).Fails()
            .ShouldBe($"the certificate '{At("sum.json")}' is not used: it is about another program\n");
    }

    [Fact]
    public void Says_which_options_a_target_takes()
    {
        var program = Write("seven.s", "mov %r0, 7\nexit\n");

        Rbpf.Run(["compile", program, "--target", "cil"]).IsUsage(
            "--target cil needs --validate, --output, or both (see 'rbpf compile --help')");
        Rbpf.Run(["compile", program, "-o", At("native")]).IsUsage("Option '--certificate' is required (see 'rbpf compile --help')");
        Rbpf.Run(["compile", program, "--target", "cil", "-o", At("seven.dll"), "--certificate", At("c")]).IsUsage(
            "--certificate is for proving with --target cil; expected --validate with it, and no --output (see 'rbpf compile --help')");
    }
}
