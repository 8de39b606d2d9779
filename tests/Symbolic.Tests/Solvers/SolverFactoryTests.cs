using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Symbolic.Tests.Solvers;

public sealed class SolverFactoryTests
{
    [Fact]
    [Trait("Needs", "solver")]
    public void The_default_is_z3_in_this_process()
    {
        using var solver = Sessions.Solver(SolverFactory.Open(SolverFactory.Default));

        solver.ShouldBeOfType<Z3Solver>();
    }

    [Theory]
    [InlineData("no-such-solver")]
    [InlineData("/no/such/solver")]
    [InlineData("")]
    public void A_program_that_is_not_there_is_unavailable(string name) =>
        SolverFactory.Open(name).ShouldBeOfType<SolverSession.Unavailable>().Reason.ShouldStartWith(
            $"the solver '{name}' was not found: expected libz3, ");

    [Theory]
    [InlineData("/no/such/z3", "apt-get install z3", "brew install z3", "z3.exe")]
    [InlineData("/no/such/cvc5", "apt-get install cvc5", "brew install cvc5/cvc5/cvc5", "cvc5.exe")]
    [InlineData("/no/such/boolector", "apt-get install boolector", "brew install boolector", "boolector.exe")]
    public void Of_a_known_solver_that_is_not_there_it_is_said_what_to_install(string path, params string[] advice)
    {
        var reason = SolverFactory.Open(path).ShouldBeOfType<SolverSession.Unavailable>().Reason;

        reason.ShouldStartWith($"the solver '{path}' was not found: ");
        foreach (var part in advice) reason.ShouldContain(part);
        reason.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("unsat")]
    [InlineData("sat")]
    [InlineData("unknown")]
    [InlineData("anything")]
    public void A_program_that_always_says_the_same_is_unavailable_even_if_it_reads_and_echoes(string answer)
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateTempSubdirectory("solvers");
        try
        {
            var path = Path.Combine(folder.FullName, "fixed");
            File.WriteAllText(path,
                $"#!/bin/sh\nif [ \"$1\" = --version ]; then echo 1.0; exit; fi\necho {answer}; sed -n 's/^(echo \"\\(.*\\)\")$/\\1/p'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

            SolverFactory.Open(path).ShouldBeOfType<SolverSession.Unavailable>().Reason.ShouldStartWith(
                "the solver 'fixed' cannot be relied upon, and is asked nothing: ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_file_that_is_no_program_is_unavailable_and_the_working_folder_is_not_to_blame()
    {
        var file = Path.GetTempFileName();
        try
        {
            var reason = SolverFactory.Open(file).ShouldBeOfType<SolverSession.Unavailable>().Reason;

            reason.ShouldStartWith($"the solver '{file}' does not start: ");
            reason.ShouldNotContain(Environment.CurrentDirectory);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
