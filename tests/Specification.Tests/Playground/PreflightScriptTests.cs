using RbpfSpec.Conformance;
using RbpfSpec.Fuzzing;
using RbpfSpec.Host;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Tests.Site;

namespace RbpfSpec.Specification.Tests.Playground;

/// <summary>The compiled preflight beside the one of the semantics: the same problems, in the same words and order.</summary>
[Collection(SiteReaders.Name)]
[Trait("Needs", "browser")]
public sealed class PreflightScriptTests(BuiltSite site)
{
    private const ulong Seed = 18;

    [Theory]
    [InlineData("rbpf")]
    [InlineData("rfc9669")]
    public async Task The_problems_of_each_vector_are_told_as_the_preflight_tells_them(string name) =>
        await Same(name, Repository.Vectors.Select(vector =>
            (((VectorProgram.Code)vector.Program).Bytes.ToArray(), vector.Setting.Entry, vector.Setting.Helpers)));

    [Theory]
    [InlineData("rbpf")]
    [InlineData("rfc9669")]
    public async Task So_are_those_of_every_opcode_of_any_bytes_and_of_programs_with_changed_bits(string name) =>
        await Same(name, Drawn());

    private static IEnumerable<(byte[] Program, int Entry, Sequence<uint> Helpers)> Drawn()
    {
        var dice = new Dice(Seed);
        for (var opcode = 0; opcode < 256; opcode++)
        {
            yield return ([(byte)opcode, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0], 0, []);
            yield return ([(byte)opcode, .. dice.Bytes(7), 0x95, 0, 0, 0, 0, 0, 0, 0], 0, [1]);
            yield return ([(byte)opcode, 0x21, 0, 0, (byte)dice.Pick(0, 1, 2, 16), (byte)dice.Pick(0, 1), 0, 0], 0, DefaultHost.Ids);
        }

        yield return ([], 0, []);
        yield return ([0x95], 0, []);
        var vectors = Repository.Vectors.Where(vector => vector.Expectation is not Expectation.Refuses).ToList();
        for (var i = 0; i < 1500; i++)
        {
            var bytes = ((VectorProgram.Code)dice.Pick<Vector>([.. vectors]).Program).Bytes.ToArray();
            for (var change = dice.Between(1, 3); change > 0; change--)
                bytes[dice.Between(0, bytes.Length - 1)] ^= (byte)(1 << dice.Between(0, 7));
            if (dice.OnceIn(20)) bytes = [.. bytes.SkipLast(dice.Between(1, 9))];
            yield return (bytes, dice.OnceIn(8) ? dice.Between(-1, (bytes.Length / 8) + 1) : 0, dice.OnceIn(2) ? [1, 0x10] : []);
        }
    }

    private async Task Same(string name, IEnumerable<(byte[] Program, int Entry, Sequence<uint> Helpers)> programs)
    {
        var profile = Profile.All.Single(profile => profile.Name == name);
        var page = await site.Compare();
        var all = programs.Select(each => (each.Program, each.Entry, Helpers: profile.Callable(DefaultHost.Ids, each.Helpers))).ToList();

        var found = await page.Ask("cases.problems(JSON.parse(json))", all.Select(each => new
        {
            profile = name,
            program = Convert.ToHexStringLower(each.Program),
            entry = each.Entry,
            helpers = each.Helpers.ToArray(),
        }));

        found.Count.ShouldBe(all.Count);
        found.ShouldContain("");
        foreach (var (given, lines) in all.Zip(found))
        {
            lines.ShouldBe(
                string.Join('\n', Preflight.Check(given.Program, given.Entry, Admission.Of(profile, given.Helpers))),
                $"{Convert.ToHexStringLower(given.Program)}, entry {given.Entry}, seed {Seed}");
        }
    }
}
