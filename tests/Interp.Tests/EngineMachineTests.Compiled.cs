using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Tests;

/// <summary>So does compiled code, of which every program takes a millisecond to make: fewer programs, more runs of each.</summary>
public sealed partial class EngineMachineTests
{
    private const int Runs = 6;

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Profiles))]
    public void Every_encoding_that_is_compiled_does_what_its_rule_does(string name)
    {
        var profile = Samples.Profiles.Single(candidate => candidate.Name == name);
        foreach (var (index, form) in OperationTable.Forms.Index())
        {
            if (!profile.Has(form.Group) || !profile.Grants(form.Needs)) continue;
            Law.Holds((ulong)index, 2, dice => (Run: Single(dice, form, profile), Dice: dice), drawn =>
            {
                var machine = new EngineMachine(drawn.Run.Program, Engine.Compiled);
                Comparison.Agrees(drawn.Run.Program, drawn.Run.State, machine);
                for (var i = 0; i < Runs; i++)
                    Comparison.Agrees(drawn.Run.Program, StateOf(drawn.Dice, drawn.Run.Program, profile, first: true), machine);
            });
        }
    }

    // States differ in where regions are, which compiled code learns, and in where a program goes on.
    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Profiles))]
    public void Compiled_programs_end_as_in_the_semantics_from_any_state(string name)
    {
        var profile = Samples.Profiles.Single(candidate => candidate.Name == name);
        Law.Holds(5, 60, dice => (Run: Several(dice, profile), Dice: dice), drawn =>
        {
            var machine = new EngineMachine(drawn.Run.Program, Engine.Compiled);
            Comparison.Agrees(drawn.Run.Program, drawn.Run.State, machine);
            for (var i = 0; i < Runs; i++)
                Comparison.Agrees(drawn.Run.Program, StateOf(drawn.Dice, drawn.Run.Program, profile, first: i % 2 == 0), machine);
        });
    }

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Profiles))]
    public void Generated_programs_end_as_in_the_semantics_when_they_are_compiled(string name)
    {
        var profile = Samples.Profiles.Single(candidate => candidate.Name == name);
        var setting = Profile.All.Contains(profile) ? Setting.Of(profile) : new Setting(profile, Samples.Host);
        var fuzzer = new Fuzzer(setting, ComparedMachine.Of(Engine.Compiled), ComparedMachine.Reference, Seed);

        var divergence = fuzzer.Run(250, null, 1).Divergence;

        if (divergence is not null)
            throw new InvalidOperationException($"{divergence}again: {Again(Engine.Compiled, profile, divergence.Number)}");
    }
}
