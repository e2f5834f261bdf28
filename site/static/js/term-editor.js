// The glossary term of the rich text editor: a link to a term chosen from the glossary, by its slug.
(() => {
  const { draftail, React } = window;

  class TermSource extends draftail.DocumentModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.termChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData(data) {
      return { slug: data.slug };
    }
  }

  const Term = (props) => {
    const { slug } = props.contentState.getEntity(props.entityKey).getData();
    return React.createElement(draftail.TooltipEntity, { ...props, icon: "#icon-help", label: slug || "" });
  };

  draftail.registerPlugin({ type: "TERM", source: TermSource, decorator: Term }, "entityTypes");
})();
