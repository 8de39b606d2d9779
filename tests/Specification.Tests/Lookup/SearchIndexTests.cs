using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class SearchIndexTests
{
    private static readonly SearchIndex Index = Repository.Book.Index;

    [Fact]
    public void Every_question_leads_to_its_place_among_the_first()
    {
        var missed =
            from question in Questions.All
            let pages = Questions.PagesOf(Topic.Find(question.Text, Repository.Book)).ToList()
            where !pages.Exists(page => Questions.IsOneOf(page, question.Places))
            select $"{question.Text}: {string.Join(", ", pages)} instead of {string.Join(" or ", question.Places)}";

        missed.ShouldBeEmpty();
        Questions.All.Count.ShouldBeGreaterThanOrEqualTo(120);
    }

    [Theory]
    [InlineData("overlfow", "overflow")]
    [InlineData("verifer", "verifier")]
    public void A_slip_is_taken_for_the_nearest_word_which_is_told(string slip, string word) =>
        Topic.Find(slip, Repository.Book).ShouldBeOfType<Topic.Words>().Notes.ShouldContain(
            note => note.Contains($"no page says '{slip}'; did you mean '{word}'", StringComparison.Ordinal));

    [Fact]
    public void Any_of_the_words_will_do_and_one_that_is_nowhere_is_told()
    {
        var words = Topic.Find("flibbertigibbet stack size", Repository.Book).ShouldBeOfType<Topic.Words>();

        words.Hits.Select(hit => hit.Id).Take(3).ShouldContain("D-12");
        words.Notes.ShouldBe(["no page says 'flibbertigibbet', or anything near it"]);
    }

    [Fact]
    public void Words_that_say_nothing_do_not_matter() =>
        Index.Ask("what does happen to the stack").Places.Select(place => place.Id)
            .ShouldBe(Index.Ask("stack").Places.Select(place => place.Id));

    [Fact]
    public void What_is_said_only_in_the_prose_of_a_chapter_is_found() =>
        Index.Ask("Cannot tell: a program that uses none of them").Places.Select(place => place.Page).Take(3)
            .ShouldContain("90-conformance.md#the-profile");

    [Fact]
    public void More_of_the_words_count_more_than_one()
    {
        var all = Index.Ask("little-endian field").Places.Select(place => place.Id).ToList();

        all.IndexOf("D-18").ShouldBeLessThan(all.IndexOf("D-13") is -1 and var _ ? int.MaxValue : all.IndexOf("D-13"));
    }
}
