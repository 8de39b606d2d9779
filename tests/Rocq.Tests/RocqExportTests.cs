using System.Text.RegularExpressions;
using RbpfSpec.Conformance;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Rocq.Tests;

public sealed class RocqExportTests : Scratch
{
    // One operation of each sort, but for those that nearly every vector is made with.
    private static readonly string[] Mutated =
    [
        "alu/add64-x", "alu/div32-k", "alu/sdiv64-x", "alu/arsh32-k", "alu/be32", "alu/movsx8to32", "jmp/jsgt32-x", "jmp/ja",
        "jmp/jset64-k", "jmp/call-local", "mem/ldxsh", "mem/stxw", "atomic/cmpxchg64", "atomic/fetch-xor32",
    ];

    // The files that have theorems, which a mutant need not keep.
    private static readonly string[] Proofs = ["Codec.v", "Effects.v", "Ranges.v", "Determinism.v"];

    private static readonly Regex Example = new(
        @"^Example (?<name>\w+)_holds : failing (?<vectors>\w+) = \[\]\.$", RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    private static readonly IReadOnlyList<(string Name, string Text)> Bare = RocqExport.Files(Profile.Rbpf, []);

    [Fact]
    public void Every_encoding_has_a_rule_that_names_its_clause()
    {
        var rules = Text(Bare, "Rules.v");

        foreach (var form in OperationTable.Forms)
        {
            rules.ShouldContain($"(** [{form.Id}], {form.Operation.Source}. {form.Operation.Summary} *)\nDefinition "
                + $"rule_{form.Id.Replace('/', '_').Replace('-', '_')} (h : host) (f : fields) (s : state) : outcome :=\n");
        }
    }

    [Fact]
    public void A_rule_reads_as_the_one_that_it_comes_from() => Text(Bare, "Rules.v").ShouldContain(
        """
        Definition rule_alu_sdiv32_x (h : host) (f : fields) (s : state) : outcome :=
          let t0 := low 32 (read_at (registers s) (src f)) in
          if t0 =? 0 then Trapped DivisionByZero s else
          Next {| registers := write_at (registers s) (dst f) (sdiv 32 (low 32 (read_at (registers s) (dst f))) t0);
            pc := add 64 (pc s) 1;
            mem := mem s;
            frames := frames s;
            branches := branches s;
            instructions := instructions s |}.
        """.ReplaceLineEndings("\n"));

    [Fact]
    public void A_profile_decides_what_its_rules_do() => Text(RocqExport.Files(Profile.Rfc9669, []), "Rules.v").ShouldContain(
        "(if t0 =? 0 then 0 else sdiv 32 (low 32 (read_at (registers s) (dst f))) t0)");

    [Fact]
    public void The_project_names_every_file_of_Rocq_once_and_in_order()
    {
        var files = RocqExport.Files(Profile.Rbpf, Suite.Few(1));

        Text(files, "_CoqProject").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["-Q . Rbpf", .. files.Select(file => file.Name).Where(name => name.EndsWith(".v", StringComparison.Ordinal))]);
    }

    [Fact]
    public void All_vectors_but_those_of_functions_of_a_host_are_evaluated()
    {
        var files = RocqExport.Files(Profile.Rbpf, Suite.All);
        var names = string.Concat(files.Where(file => file.Name.StartsWith("Vectors", StringComparison.Ordinal)).Select(file => file.Text));
        var expected = Suite.All.Where(vector => vector.Setting.Helpers.IsEmpty).ToList();

        RocqExport.Evaluated(Suite.All).ShouldBe(expected.Count);
        expected.Count.ShouldBeGreaterThan(5_700);
        Regex.Count(names, "%string", RegexOptions.None, TimeSpan.FromSeconds(5)).ShouldBe(expected.Count);
        foreach (var vector in expected) names.ShouldContain($"\"{vector.Name}\"%string", Case.Sensitive);
    }

    [Fact]
    [Trait("Needs", "compiler")]
    [Trait("Needs", "time")]
    public void It_compiles_with_its_theorems_and_a_vector_of_each_rule()
    {
        var files = RocqExport.Files(Profile.Rbpf, Suite.Few(1));

        new Prover(Folder).Compile(files);

        Suite.Few(1).Count.ShouldBeGreaterThan(170);
        File.WriteAllText(At("Assumptions.v"), "From Rbpf Require Import Codec Effects Ranges Determinism.\n"
            + string.Concat(Theorems().Select(name => $"Print Assumptions {name}.\n")));
        var (exitCode, output) = new Prover(Folder).Try("Assumptions.v");
        exitCode.ShouldBe(0, output);
        new Prover(Folder).Compile([("Doubles.v", OnPage())]);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(Theorems().Select(_ => "Closed under the global context"));

        IEnumerable<string> Theorems() => Proofs
            .SelectMany(name => Regex.Matches(Text(files, name), @"(?m)^Theorem (?<name>\w+)", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Select(match => match.Groups["name"].Value);
    }

    // Which vectors a mutant fails, the semantics and Rocq must agree about: so neither a rule nor a comparison is idle.
    [Fact]
    [Trait("Needs", "compiler")]
    [Trait("Needs", "time")]
    public void Planted_mutants_fail_the_vectors_that_they_fail_here()
    {
        List<RuleMutant> planted = [.. Mutated.Select(Found)];
        var files = RocqExport.Files(Profile.Rbpf, Of(Mutated), [.. planted]);
        var prover = new Prover(Folder);

        prover.Compile(files
            .Where(file => !Proofs.Contains(file.Name))
            .Select(file => (file.Name, Example.Replace(file.Text, match => Expected(match, planted)))));

        // As it is exported, the file fails, and names what the first rule fails.
        File.WriteAllText(At("Vectors01.v"), Text(files, "Vectors01.v"));
        var (exitCode, output) = prover.Try("Vectors01.v");
        exitCode.ShouldNotBe(0);
        output.ShouldContain("Unable to unify");
        foreach (var vector in Failing(Of(Mutated[0]), planted)) output.ShouldContain(vector.Name);
    }

    // The theorem that the page has as an example; the rule that it shows is tested above.
    private static string OnPage() => File.ReadAllText(Path.Combine(Repository.Root, "docs/rocq.md")).ReplaceLineEndings("\n")
        .Split("```coq\n").Skip(1).Select(block => block.Split("```")[0])
        .Single(block => block.Contains("Theorem", StringComparison.Ordinal));

    private static string Text(IReadOnlyList<(string Name, string Text)> files, string name) =>
        files.Single(file => file.Name == name).Text;

    private static IReadOnlyList<Vector> Of(params string[] rules) => [.. Suite.Few(6).Where(vector => rules.Contains(vector.Rule))];

    // The first mutant that a vector of its rule finds; of memory only what needs no regions at hand, which an expression has not.
    private static RuleMutant Found(string rule)
    {
        var form = OperationTable.Forms.Single(form => form.Id == rule);
        return MutantCatalogue.Of(form, Profile.Rbpf)
            .Where(mutant => mutant is FieldMutant || form.Operation is AluOperation or JumpOperation || mutant is EffectMutant)
            .First(mutant => Failing(Of(rule), [mutant]).Any());
    }

    private static string Expected(Match match, IReadOnlyList<RuleMutant> planted)
    {
        var names = Failing(Of(Mutated), planted)
            .Where(vector => $"vectors_{vector.Rule.Replace('/', '_').Replace('-', '_')}" == match.Groups["vectors"].Value)
            .Select(vector => $"\"{vector.Name}\"%string")
            .ToList();
        names.ShouldNotBeEmpty(match.Value);
        return match.Value.Replace("= []", $"= [{string.Join("; ", names)}]", StringComparison.Ordinal);
    }

    private static IEnumerable<Vector> Failing(IReadOnlyList<Vector> vectors, IReadOnlyList<RuleMutant> planted) =>
        vectors.Where(vector => !Holds(vector, planted));

    private static bool Holds(Vector vector, IReadOnlyList<RuleMutant> planted)
    {
        var machine = new VectorMachine(Profile.Rbpf);
        var code = ((VectorProgram.Code)vector.Program).Bytes;
        if (vector.Expectation is Expectation.Refuses) return machine.Run(code, vector.Memory, vector.Setting)!.Answer is Answer.Rejected;
        var reference = new ReferenceMachine(Program.Of(code.AsSpan()), Profile.Rbpf);
        var before = machine.Start(vector.Memory, vector.Setting);
        var (end, _) = Runs.Limited(Step, before, VectorMachine.Steps);
        return end is not Outcome<Word>.Next
            && VectorRunner.Judge(vector.Expectation, VectorMachine.Of(end)) is VectorResult.Passed
            && Same(Snapshot.Of(end.State), vector.After!);

        Outcome<Word> Step(State<Word> state)
        {
            var at = state.ProgramCounter.Value;
            if (at >= (ulong)reference.Program.Length || reference.At((int)at) is not Decoded.Valid(var instruction))
                return reference.Step(state);
            var mutant = planted.FirstOrDefault(mutant => mutant.Form.Equals(instruction.Form));
            if (mutant is null) return reference.Step(state);
            var execution = new Execution<Word>(instruction.Form, instruction.Fields<Word>(), state, Profile.Rbpf);
            return ReferenceMachine.Execute(execution, mutant.Execute).From(state);
        }
    }

    private static bool Same(Snapshot one, Snapshot other) =>
        one.Registers == other.Registers
        && one.ProgramCounter == other.ProgramCounter
        && one.Branches == other.Branches
        && one.Instructions == other.Instructions
        && one.Memory.Map(Whole) == other.Memory.Map(Whole);

    // Bytes that are left out are zeros.
    private static (ulong, int, Permission, string) Whole(MemoryRegion region) => (
        region.Address, region.Length, region.Permission, Convert.ToHexString(region.Bytes.AsSpan()).TrimEnd('0'));
}
