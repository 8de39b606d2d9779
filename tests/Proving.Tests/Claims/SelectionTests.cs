using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proving.Tests.Claims;

public sealed class SelectionTests
{
    private static readonly Claim[] Claims = [.. Fakes.Claims("rfc/alu/add", 7), .. Fakes.Claims("frame/mem/ldx", 4)];

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "rfc/alu/add32-k@rbpf", true)]
    [InlineData("rfc/*", "rfc/alu/add32-k@rbpf", true)]
    [InlineData("rfc/alu/add*", "rfc/alu/add32-k@rbpf", true)]
    [InlineData("*@rbpf", "rfc/alu/add32-k@rbpf", true)]
    [InlineData("*@rbpf", "rfc/alu/add32-k@rbpf/D-01", false)]
    [InlineData("*add??-k*", "rfc/alu/add32-k@rbpf", true)]
    [InlineData("*add?-k*", "rfc/alu/add32-k@rbpf", false)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYcZ", false)]
    [InlineData("?", "", false)]
    [InlineData("[a]", "a", false)]
    [InlineData("[a]", "[a]", true)]
    [InlineData("RFC/*", "rfc/alu", false)]
    public void A_star_is_any_text_and_a_question_mark_any_character(string pattern, string id, bool matches) =>
        Selection.Matches(pattern, id).ShouldBe(matches);

    [Fact]
    public void Patterns_match_as_the_regular_expression_that_says_the_same()
    {
        var texts = Gen.Elements('a', 'b', '*', '?').ListOf().Select(characters => string.Concat(characters));

        Prop.ForAll(texts.ToArbitrary(), texts.ToArbitrary(), (pattern, id) =>
        {
            var escaped = System.Text.RegularExpressions.Regex.Escape(pattern)
                .Replace("\\*", ".*", StringComparison.Ordinal)
                .Replace("\\?", ".", StringComparison.Ordinal);
            var expression = $"^{escaped}$";
            return Selection.Matches(pattern, id)
                == System.Text.RegularExpressions.Regex.IsMatch(
                    id, expression, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(9669, 1));
    }

    [Fact]
    public void Without_a_pattern_all_claims_are_meant_in_their_order() =>
        Selection.Everything.From(Claims).ShouldBeOfType<Selected.Claims>().All.ShouldBe(Claims);

    [Fact]
    public void Several_patterns_mean_what_any_of_them_means_and_nothing_twice() =>
        Ids(new(["*-1", "frame/*"], null)).ShouldBe(
            ["rfc/alu/add-1", "frame/mem/ldx-0", "frame/mem/ldx-1", "frame/mem/ldx-2", "frame/mem/ldx-3"]);

    [Theory]
    [InlineData("rfc/alu/ad-3", "rfc/alu/add-3")]
    [InlineData("rfc/alu/sub*", "rfc/alu/add-0")]
    [InlineData("frame/mem/stx-2", "frame/mem/ldx-2")]
    public void A_pattern_that_matches_nothing_is_an_error_that_names_the_nearest_ids(string pattern, string nearest)
    {
        var problem = new Selection(["rfc/*", pattern], null).From(Claims).ShouldBeOfType<Selected.Nothing>().Problem;

        problem.ShouldStartWith($"no claim's id matches '{pattern}'; the nearest are {nearest}, ");
    }

    [Theory]
    [InlineData("nope/*")]
    [InlineData("zzz")]
    [InlineData("")]
    public void Where_no_id_is_near_none_is_named_but_how_to_list_them(string pattern)
    {
        var problem = new Selection([pattern], null).From(Claims).ShouldBeOfType<Selected.Nothing>().Problem;

        problem.ShouldBe(
            $"no claim's id matches '{pattern}', and none is near; 'rbpf prove --list' lists them all, of the families frame, rfc");
    }

    [Theory]
    [InlineData("rfc/alu/div32", "rfc/alu/div32-x@rbpf")]
    [InlineData("rcf/alu/div32-x@rbpf", "rfc/alu/div32-x@rbpf")]
    [InlineData("rfc/div32-x", "rfc/alu/div32-x@rbpf")]
    [InlineData("rfc/*/dvi32-x@*", "rfc/alu/div32-x@rbpf")]
    [InlineData("rfc/alu/div32-x@linux", "rfc/alu/div32-x@rbpf")]
    public void A_slip_of_the_pen_leads_to_the_claim_meant(string pattern, string nearest)
    {
        Claim[] claims =
            [.. Claims, Fakes.Claim("rfc/alu/div32-x@rbpf"), Fakes.Claim("traps/alu/div32-x@rbpf"), Fakes.Claim("rfc/alu/mul64-k@rbpf")];

        new Selection([pattern], null).From(claims).ShouldBeOfType<Selected.Nothing>().Problem
            .ShouldStartWith($"no claim's id matches '{pattern}'; the nearest are {nearest}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(11)]
    public void Shards_cover_every_claim_exactly_once(int count) =>
        Enumerable.Range(1, count)
            .SelectMany(number => Ids(new([], new(number, count))))
            .ShouldBe(Claims.Select(claim => claim.Id), ignoreOrder: true);

    [Fact]
    public void A_shard_without_a_claim_is_an_error() =>
        new Selection(["*-0"], new(3, 3)).From(Claims).ShouldBe(new Selected.Nothing("shard 3/3 has no claim"));

    [Theory]
    [InlineData(1, "rfc/alu/add-0 frame/mem/ldx-0")]
    [InlineData(3, "rfc/alu/add-0 rfc/alu/add-2 rfc/alu/add-4 frame/mem/ldx-0 frame/mem/ldx-1 frame/mem/ldx-2")]
    [InlineData(5, "rfc/alu/add-0 rfc/alu/add-1 rfc/alu/add-2 rfc/alu/add-4 rfc/alu/add-5 "
        + "frame/mem/ldx-0 frame/mem/ldx-1 frame/mem/ldx-2 frame/mem/ldx-3")]
    public void A_sample_has_so_many_of_each_family_evenly_spread_and_all_of_a_smaller_one(int most, string ids)
    {
        var sample = Selection.Everything with { Sample = most };

        string.Join(' ', Ids(sample)).ShouldBe(ids);
        sample.IsEverything.ShouldBeFalse();
    }

    [Fact]
    public void Patterns_say_what_a_sample_is_of_and_shards_are_parts_of_the_sample()
    {
        Ids(new(["*-1", "*-3", "*-5"], null) { Sample = 2 }).ShouldBe(
            ["rfc/alu/add-1", "rfc/alu/add-3", "frame/mem/ldx-1", "frame/mem/ldx-3"]);
        Ids(new([], new(2, 2)) { Sample = 2 }).ShouldBe(["rfc/alu/add-3", "frame/mem/ldx-2"]);
    }

    [Fact]
    public void A_large_sample_of_a_large_family_is_not_counted_beyond_its_end() =>
        Ids(new([], null) { Sample = int.MaxValue }).ShouldBe(Claims.Select(claim => claim.Id));

    [Fact]
    public void A_sample_without_a_claim_is_an_error() =>
        (Selection.Everything with { Sample = 0 }).From(Claims).ShouldBe(new Selected.Nothing("a sample of 0 has no claim"));

    [Theory]
    [InlineData("1/1")]
    [InlineData("2/5")]
    public void A_shard_reads_as_it_is_written(string text) => Shard.Parse(text)?.ToString().ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("-1/2")]
    [InlineData("a/b")]
    public void Other_text_is_no_shard(string text) => Shard.Parse(text).ShouldBeNull();

    private static IEnumerable<string> Ids(Selection selection) =>
        selection.From(Claims).ShouldBeOfType<Selected.Claims>().All.Select(claim => claim.Id);
}
