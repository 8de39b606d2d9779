using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests;

public sealed class ChoicesTests
{
    [Theory]
    [InlineData("mov %r0, 7\nexit", "")]
    [InlineData("exit", "zeroed-registers")]
    [InlineData("ldxdw %r0, [%r10-8]\nexit", "zeroed-stack")]
    [InlineData("mov %r0, %r10\nand %r0, 31\nexit", "addresses")]
    [InlineData("mov %r0, 1\njsgt %r10, 0, +1\nmov %r0, 2\nexit", "addresses")]
    [InlineData("mov %r0, %r3\nldxb %r4, [%r10-1]\nadd %r0, %r4\nexit", "zeroed-stack zeroed-registers")]
    [InlineData("mov %r0, %r1\nsub %r0, %r1\nexit", "")]
    public void What_an_outcome_depends_on_is_named(string text, string choices) =>
        string.Join(' ', Choices.Of(new(Profile.Rbpf), Sample(text))).ShouldBe(choices, text);

    [Fact]
    public void Vectors_of_a_suite_say_in_needs_what_they_depend_on_and_are_read_so()
    {
        var suite = SmallSuite.Suite;
        var machine = new VectorMachine(suite.Profile);

        suite
            .Vectors.Where(vector => !vector.Choices.SequenceEqual(Choices.Of(machine, vector)))
            .Select(vector => vector.Name)
            .ShouldBeEmpty();
        suite.Vectors.ShouldContain(vector => vector.Needs.Contains(Choices.ZeroedRegisters));
        var read = (VectorText.Loaded)VectorReader.Read(VectorWriter.Suite("rbpf", 1, suite.Vectors));
        read.Vectors.Select(vector => (vector.Name, string.Join(' ', vector.Needs), vector.IsCore))
            .ShouldBe(suite.Vectors.Select(vector => (vector.Name, string.Join(' ', vector.Needs), vector.IsCore)));
    }

    [Fact]
    public void No_vector_of_the_committed_suite_depends_on_where_stack_and_memory_are()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json"));
        var vectors = VectorReader.Read(text).ShouldBeOfType<VectorText.Loaded>().Vectors;

        vectors.Where(vector => vector.Choices.Contains(Choices.Addresses)).Select(vector => vector.Name).ShouldBeEmpty();
        vectors.ShouldContain(vector => vector.Choices.Contains(Choices.ZeroedStack));
    }

    [Fact]
    public void A_machine_is_asked_unless_it_is_said_to_choose_otherwise()
    {
        var vector = Sample("exit") with { Choices = [Choices.ZeroedRegisters] };
        foreach (MachineUnderTest machine in (MachineUnderTest[])
            [new MachineUnderTest.Batch("x", TimeSpan.FromSeconds(1), []), new MachineUnderTest.Plugin("x", TimeSpan.FromSeconds(1))])
        {
            machine.Refuses(vector).ShouldBeNull();
            (machine with { Lacks = [Choices.ZeroedStack] }).Refuses(vector).ShouldBeNull();
            (machine with { Lacks = [Choices.ZeroedRegisters] }).Refuses(vector).ShouldBe("it needs zeroed-registers of the harness");
        }
    }

    private static Vector Sample(string text)
    {
        var code = Code.Of(text);
        var answered = new VectorMachine(Profile.Rbpf).Run(code, [1, 2, 3], Setting.Plain).ShouldNotBeNull();
        return new("sample", new VectorProgram.Code(code), [1, 2, 3], new Expectation.Returns(((Answer.Returned)answered.Answer).R0));
    }
}
